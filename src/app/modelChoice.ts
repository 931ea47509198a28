import type { InstalledModel, ModelsState } from "#contract/records.ts";
import { NotegrainError } from "#core/errors.ts";
import type { InferencePort } from "#core/ports.ts";
import type { RunPlan } from "#core/storePort.ts";
import type { AppContext } from "./handlers.ts";
import { readSettings } from "./settings.ts";

/** The model and paradigm for new runs, and the one model that is loaded. */
export type ModelChoice = {
  state(): Promise<ModelsState>;
  choose(chosen: ModelsState["chosen"]): void;
  /** What a run begun now would be. @throws NG-MODEL-MISSING */
  plan(): Promise<RunPlan>;
  /** The model of a plan, loaded. It stays loaded until another is asked for. @throws NG-MODEL-… */
  open(plan: RunPlan): Promise<InferencePort>;
  close(): Promise<void>;
};

const key = "model";

export function createModelChoice({ store, models }: AppContext): ModelChoice {
  let loaded: { readonly use: string; readonly port: Promise<InferencePort> } | null = null;

  async function state(): Promise<ModelsState> {
    const list = await models.list();
    const kept = store.getSetting(key) as ModelsState["chosen"] | undefined;
    const isThere = list.some((model) => model.id === kept?.modelId);
    return { models: list, chosen: kept && isThere ? kept : firstChoice(list) };
  }

  async function unload(): Promise<void> {
    const port = loaded?.port;
    loaded = null;
    await port?.then(
      (model) => model.dispose(),
      () => undefined, // it never loaded, and whoever asked for it was told
    );
  }

  return {
    state,
    choose: (chosen) => store.setSetting(key, chosen),

    async plan() {
      const { models: list, chosen } = await state();
      const model = list.find(({ id }) => id === chosen.modelId);
      if (!model) throw new NotegrainError("NG-MODEL-MISSING", { name: chosen.modelId || "GGUF" });
      const adapter = list.find(({ id }) => id === chosen.adapterId);
      const { types, outputFormat } = readSettings(store);
      return {
        model: model.report.name,
        modelSha256: model.report.sha256,
        adapterSha256: adapter?.report.sha256 ?? null,
        paradigm: chosen.paradigm,
        outputFormat,
        promptSha256: "", // the run itself fills it in: it takes the loaded model to know it
        bank: null,
        types,
        settings: { language: "auto" },
      };
    },

    async open(plan) {
      const list = await models.list();
      const { threads, gpuLayers } = readSettings(store);
      const find = (sha256: string | null) =>
        list.find(({ report, present }) => present && report.sha256 === sha256);
      const model = find(plan.modelSha256);
      const adapter = find(plan.adapterSha256);
      if (!model) throw new NotegrainError("NG-MODEL-MISSING", { name: plan.model });
      if (plan.adapterSha256 !== null && !adapter) {
        throw new NotegrainError("NG-MODEL-MISSING", { name: plan.adapterSha256.slice(0, 12) });
      }
      const use = { modelId: model.id, adapterId: adapter?.id ?? null, threads, gpuLayers };
      if (loaded?.use !== JSON.stringify(use)) {
        await unload();
        loaded = { use: JSON.stringify(use), port: models.open(use) };
      }
      try {
        return await loaded.port;
      } catch (error) {
        loaded = null;
        throw error;
      }
    },

    close: unload,
  };
}

/** The compact model, tuned as it is; nothing where no model is installed. */
function firstChoice(list: readonly InstalledModel[]): ModelsState["chosen"] {
  const model = list.find(({ report, present }) => present && report.kind === "model");
  return {
    modelId: model?.id ?? "",
    adapterId: null,
    paradigm: model?.report.grounded === false ? "zero" : "tuned",
  };
}
