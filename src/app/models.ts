import type { InstalledModel, ModelReport } from "#contract/records.ts";
import { NotegrainError } from "#core/errors.ts";
import type { CancelSignal } from "#core/ports.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import type { ModelChoice } from "./modelChoice.ts";

type ModelHandlers = Pick<
  Handlers,
  "models.list" | "models.checkByDialog" | "models.upload" | "models.add" | "models.remove" | "models.choose"
>;

/** Looking at models, adding them, and choosing one. Nothing is loaded for use before it was checked. */
export function modelHandlers({ models, shell, events }: AppContext, choice: ModelChoice): ModelHandlers {
  models.onChange(() => events.emit("models", {}));
  const checked = new Map<string, { readonly path: string; readonly report: ModelReport }>();

  async function check(path: string | null, signal: CancelSignal): Promise<ModelReport | null> {
    if (path === null) return null;
    const report = await models.check(path, signal);
    checked.set(report.sha256, { path, report });
    return report;
  }

  async function changed() {
    events.emit("models", {});
    return choice.state();
  }

  return {
    "models.list": () => choice.state(),
    "models.checkByDialog": async (_, signal) => check(await shell.chooseModel(), signal),
    "models.upload": async (part, signal) => check(await models.receive(part), signal),
    "models.add": async ({ sha256 }) => {
      const model = checked.get(sha256);
      if (!model) throw new NotegrainError("NG-NOT-FOUND", { what: "model", name: sha256.slice(0, 12) });
      await models.add(model.path, model.report);
      return changed();
    },
    "models.remove": async ({ modelId }) => {
      await models.remove(modelId);
      // Kept without what was removed, so that adding it again does not choose it again.
      await choice.choose((await choice.state()).chosen);
      return changed();
    },
    "models.choose": async (chosen) => {
      const list = await models.list();
      for (const [id, kind] of [
        [chosen.modelId, "model"],
        [chosen.adapterId, "adapter"],
        [chosen.selectorId ?? null, chosen.selectorId === chosen.modelId ? "model" : "adapter"],
      ] as const) {
        const found = list.find((model) => model.id === id && model.report.kind === kind);
        if (id !== null && !found?.present) throw new NotegrainError("NG-MODEL-MISSING", { name: id });
      }
      for (const id of [chosen.adapterId, chosen.selectorId]) requireFit(id ?? null, chosen.modelId, list);
      await choice.choose(chosen);
      return changed();
    },
  };
}

/** @throws NG-ADAPTER-BASE, where this is an adapter for another model */
function requireFit(id: string | null, modelId: string, list: readonly InstalledModel[]): void {
  const adapter = list.find((one) => one.id === id && one.report.kind === "adapter");
  if (adapter === undefined || adapter.fits.includes(modelId)) return;
  const { name } = adapter.report;
  const own = list.filter((one) => adapter.fits.includes(one.id)).map((one) => one.report.name);
  throw new NotegrainError(
    "NG-ADAPTER-BASE",
    own.length > 0
      ? { name, reason: "ADAPTER-OTHER-WEIGHTS", base: own.join(", ") }
      : { name, reason: "ADAPTER-MODEL-GONE" },
  );
}
