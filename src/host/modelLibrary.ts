import { existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ModelLibrary } from "#app/ports.ts";
import type { InstalledModel, ModelReport } from "#contract/records.ts";
import { NotegrainError } from "#core/errors.ts";
import type { StorePort } from "#core/storePort.ts";
import type { Backbone } from "#engine/loadModel.ts";
import { stateFolder } from "#engine/states/stateFolder.ts";
import { createAdapterFits } from "./adapterFits.ts";
import { bundledModels } from "./bundledModels.ts";
import { checkBeside, checkFile } from "./modelReports.ts";
import { statesFolder } from "./paths.ts";
import { modelReceiver } from "./receiveModel.ts";

/** What the store keeps of the models: where they lie, and what was found out about that very file. */
type Kept = { readonly path: string; readonly stamp: string; readonly report: ModelReport };

const addedKey = "models.added";
const bundledKey = "models.bundled";

/**
 * The models of this computer. Those that were added stay where they are, and only their path is kept.
 * @param folder the app's data folder; a model that arrives over the line is put into `models` below it
 */
export function openModelLibrary(store: StorePort, folder: string): ModelLibrary {
  const states = stateFolder(statesFolder(folder));
  const fitsOf = createAdapterFits(store);
  let changed = (): void => {};
  /** Bundled models whose time was taken since the start, or is being taken. */
  const measured = new Set<string>();
  const read = (key: string) => (store.getSetting(key) ?? []) as readonly Kept[];

  /**
   * The report of a bundled model, made again only when its file has changed: at once by what its header says,
   * so that the first note need not wait, and a little later with the time that it takes. Null where the file
   * is damaged: then it is as good as not there.
   * @param others bundled files, of which one may be the model of an adapter
   */
  async function bundled(path: string, others: readonly string[]): Promise<Kept | null> {
    try {
      const stamp = await stampOf(path);
      const known = read(bundledKey).find((kept) => kept.path === path && kept.stamp === stamp);
      const kept = known ?? { path, stamp, report: await checkBeside(path, others, { measure: false }) };
      if (!known) keepBundled(kept);
      if (kept.report.kind === "model" && kept.report.secondsPerNote === null) void measure(kept);
      return kept;
    } catch {
      return null;
    }
  }

  function keepBundled(kept: Kept): void {
    store.setSetting(bundledKey, [...read(bundledKey).filter((other) => other.path !== kept.path), kept]);
  }

  async function measure(kept: Kept): Promise<void> {
    if (measured.has(kept.path)) return;
    measured.add(kept.path);
    try {
      keepBundled({ ...kept, report: await checkFile(kept.path) });
      changed();
    } catch {
      // The file or the store has gone meanwhile; the time stays unknown.
    }
  }

  async function all(): Promise<readonly (Omit<InstalledModel, "fits"> & { readonly path: string })[]> {
    const paths = bundledModels();
    const reports = paths.map((path) =>
      bundled(
        path,
        paths.filter((other) => other !== path),
      ),
    );
    const own = (await Promise.all(reports)).filter((kept) => kept !== null);
    const asInstalled = (isBundled: boolean) => (kept: Kept) => ({
      id: kept.report.sha256.slice(0, 16),
      bundled: isBundled,
      report: kept.report,
      present: existsSync(kept.path),
      path: kept.path,
    });
    const list = [...own.map(asInstalled(true)), ...read(addedKey).map(asInstalled(false))];
    return list.filter(({ id }, index) => list.findIndex((other) => other.id === id) === index);
  }

  async function pathOf(id: string): Promise<string> {
    const model = (await all()).find((one) => one.id === id);
    if (!model?.present) throw new NotegrainError("NG-MODEL-MISSING", { name: model?.report.fileName ?? id });
    return model.path;
  }

  /** The weights that are in memory. */
  let held: { readonly use: string; readonly backbone: Promise<Backbone> } | null = null;

  async function letGo(): Promise<void> {
    const backbone = held?.backbone;
    held = null;
    await backbone?.then(
      (loaded) => loaded.dispose(),
      () => undefined, // it never loaded, and whoever asked for it was told
    );
  }

  return {
    onChange(listener) {
      changed = listener;
    },
    async list() {
      const installed = await all();
      const withFits = async ({ path, ...model }: (typeof installed)[number]) => ({
        ...model,
        fits: await fitsOf({ ...model, path }, installed),
      });
      return Promise.all(installed.map(withFits));
    },
    async check(path) {
      const models = (await all()).filter(({ report, present }) => report.kind === "model" && present);
      return checkBeside(
        path,
        models.map((model) => model.path),
      );
    },
    async learnedTexts(id) {
      try {
        const { openModelFile } = await import("#engine/modelFile.ts");
        return (await openModelFile(await pathOf(id))).facts.learnedTexts;
      } catch {
        return null; // whoever opens it is told why it cannot be read
      }
    },
    receive: modelReceiver(join(folder, "models")),
    async add(path, report) {
      const others = read(addedKey).filter((kept) => kept.report.sha256 !== report.sha256);
      store.setSetting(addedKey, [...others, { path, stamp: await stampOf(path), report }]);
    },
    async remove(modelId) {
      const list = read(addedKey);
      const kept = list.find(({ report }) => report.sha256.startsWith(modelId));
      if (!kept) throw new NotegrainError("NG-NOT-FOUND", { what: "model", name: modelId });
      store.setSetting(
        addedKey,
        list.filter((other) => other !== kept),
      );
      // Only a copy of our own is deleted; a file that the person keeps elsewhere is theirs.
      if (kept.path.startsWith(join(folder, "models"))) await rm(kept.path, { force: true });
    },
    async open({ modelId, adapterId, threads, gpuLayers }) {
      const modelPath = await pathOf(modelId);
      const adapterPath = adapterId === null ? null : await pathOf(adapterId);
      const use = JSON.stringify([modelPath, threads, gpuLayers]);
      if (held?.use !== use) {
        await letGo();
        const { loadBackbone } = await import("#engine/loadModel.ts");
        const backbone = loadBackbone(
          {
            modelPath,
            states,
            ...(threads === 0 ? {} : { threads }),
            ...(gpuLayers === -1 ? {} : { gpuLayers }),
          },
          adapterPath === null ? [] : [adapterPath],
        );
        held = { use, backbone };
      }
      try {
        return await (await held.backbone).open(adapterPath);
      } catch (error) {
        await letGo();
        throw error;
      }
    },
    close: letGo,
  };
}

/** Changes when the file does. */
async function stampOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}
