import type { ChosenModel, InstalledModel, ModelsState } from "#contract/records.ts";
import { defaultSelectorRule } from "#core/entity/selector.ts";
import { NotegrainError } from "#core/errors.ts";
import type { InferencePort } from "#core/ports.ts";
import type { Judging } from "#core/read/judgeEntities.ts";
import type { RunPlan } from "#core/storePort.ts";
import { askedFormat, askedTypes, plannedOwnTypes, taughtIn } from "./askedTypes.ts";
import type { AppContext } from "./handlers.ts";
import { plannedRecall } from "./plannedRecall.ts";
import type { ModelUse } from "./ports.ts";
import { planFor } from "./runPlan.ts";
import { readSettings } from "./settings.ts";

/** The models that a plan names. */
export type PlannedModel = Pick<RunPlan, "model" | "modelSha256" | "adapterSha256">;

/** The model and paradigm for new runs, and the one model that is loaded. */
export type ModelChoice = {
  state(): Promise<ModelsState>;
  /** What was chosen before stays known, so that it can be taken up again. */
  choose(chosen: ChosenModel): Promise<void>;
  /** What a run begun now would be, or one with another model than the chosen one. @throws NG-MODEL-MISSING, NG-NO-TYPES */
  plan(chosen?: ChosenModel): Promise<RunPlan>;
  /** The model of a plan, loaded. It stays loaded until another is asked for. @throws NG-MODEL-… */
  open(plan: PlannedModel): Promise<InferencePort>;
  /** Who judges what the model of a plan finds, loaded beside it: call it after `open`. @throws as `open` */
  judging(plan: RunPlan): Promise<Judging | undefined>;
  /** Waits for whoever uses the loaded model before, so that nobody opens another one meanwhile. */
  alone<Answer>(work: () => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
};

const key = "model";
const earlierKey = "model.earlier";

type Held = { readonly use: string; readonly port: Promise<InferencePort> };

export function createModelChoice({ store, models }: AppContext): ModelChoice {
  let loaded: Held | null = null;
  /** On the same weights as `loaded`, and let go before it. */
  let selector: Held | null = null;
  let turns: Promise<unknown> = Promise.resolve();

  async function state(): Promise<ModelsState> {
    const list = await models.list();
    const kept = (setting: string) => (store.getSetting(setting) ?? null) as ChosenModel | null;
    const [chosen, earlier] = [kept(key), kept(earlierKey)];
    return {
      models: list,
      chosen: withoutGone(chosen, list) ?? firstChoice(list),
      earlier: withoutGone(earlier, list) === earlier ? earlier : null,
    };
  }

  async function letGo(held: Held | null): Promise<void> {
    await held?.port.then(
      (model) => model.dispose(),
      () => undefined, // it never loaded, and whoever asked for it was told
    );
  }

  async function unload(): Promise<void> {
    const both = [selector, loaded];
    [selector, loaded] = [null, null];
    for (const held of both) await letGo(held);
  }

  /** How the model of a plan is opened, with the adapter of this hash. @throws NG-MODEL-MISSING */
  async function openingOf(plan: PlannedModel, adapterSha256: string | null): Promise<ModelUse> {
    const list = await models.list();
    const { threads, gpuLayers } = readSettings(store);
    const find = (sha256: string | null) =>
      list.find(({ report, present }) => present && report.sha256 === sha256);
    const model = find(plan.modelSha256);
    const adapter = find(adapterSha256);
    if (!model) throw new NotegrainError("NG-MODEL-MISSING", { name: plan.model });
    if (adapterSha256 !== null && !adapter) {
      throw new NotegrainError("NG-MODEL-MISSING", { name: adapterSha256.slice(0, 12) });
    }
    return { modelId: model.id, adapterId: adapter?.id ?? null, threads, gpuLayers };
  }

  return {
    state,

    async choose(chosen) {
      const before = (await state()).chosen;
      if (!isSame(before, chosen)) store.setSetting(earlierKey, before);
      store.setSetting(key, chosen);
    },

    async plan(wanted) {
      const { models: list, chosen } = await state();
      const choice = wanted ?? chosen;
      const { modelId, adapterId, selectorId = null, paradigm } = choice;
      const model = list.find(({ id }) => id === modelId);
      if (!model) throw new NotegrainError("NG-MODEL-MISSING", { name: modelId || "GGUF" });
      const adapter = list.find(({ id }) => id === adapterId);
      if (adapterId !== null && !adapter) throw new NotegrainError("NG-MODEL-MISSING", { name: adapterId });
      const judge = list.find(({ id }) => id === selectorId);
      if (selectorId !== null && !judge) throw new NotegrainError("NG-MODEL-MISSING", { name: selectorId });
      const { name, sha256 } = model.report;
      const settings = readSettings(store);
      const taught = taughtIn(choice, list);
      const { types, ownTypes } = askedTypes(settings, model.report, taught);
      const plan = planFor(
        { name, sha256, adapterSha256: adapter?.report.sha256 ?? null },
        { types, outputFormat: askedFormat(settings, model.report, taught), paradigm },
        { language: "auto" },
      );
      return {
        ...plan,
        ...(judge && { selector: { sha256: judge.report.sha256, ...defaultSelectorRule } }),
        settings: {
          ...plan.settings,
          ...plannedOwnTypes(ownTypes),
          ...plannedRecall(settings.recall, model.report),
        },
      };
    },

    async open(plan) {
      const use = await openingOf(plan, plan.adapterSha256);
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

    async judging(plan) {
      if (!plan.selector) return undefined;
      const { sha256, ...rule } = plan.selector;
      const use = await openingOf(plan, sha256 === plan.modelSha256 ? null : sha256);
      if (selector?.use !== JSON.stringify(use)) {
        const before = selector;
        selector = null;
        await letGo(before);
        selector = { use: JSON.stringify(use), port: models.open(use) };
      }
      try {
        return { port: await selector.port, rule };
      } catch (error) {
        selector = null;
        throw error;
      }
    },

    alone(work) {
      const turn = turns.then(work);
      turns = turn.catch(() => undefined); // its own caller hears of it
      return turn;
    },

    async close() {
      await unload();
      await models.close();
    },
  };
}

function isSame(a: ChosenModel, b: ChosenModel): boolean {
  const parts = (one: ChosenModel) => [one.modelId, one.adapterId, one.selectorId ?? null, one.paradigm];
  return parts(a).every((part, i) => part === parts(b)[i]);
}

/** The same, or without the adapter and the selector that were removed meanwhile; null where its model was. */
function withoutGone(chosen: ChosenModel | null, list: readonly InstalledModel[]): ChosenModel | null {
  const model = list.find(({ id }) => id === chosen?.modelId);
  if (chosen === null || model === undefined) return null;
  const isThere = (id: string | null | undefined) => id == null || list.some((one) => one.id === id);
  const { adapterId, selectorId, paradigm } = chosen;
  const kept = isThere(selectorId) ? chosen : { ...chosen, selectorId: null };
  if (isThere(adapterId)) return kept;
  return { ...kept, adapterId: null, paradigm: paradigm === "tuned" ? wayAlone(model) : paradigm };
}

/** The compact model, tuned as it is; nothing where no model is installed. */
function firstChoice(list: readonly InstalledModel[]): ChosenModel {
  const model = list.find(({ report, present }) => present && report.kind === "model");
  return { modelId: model?.id ?? "", adapterId: null, paradigm: wayAlone(model) };
}

/** How a model reads without an adapter. */
function wayAlone(model: InstalledModel | undefined): ChosenModel["paradigm"] {
  return model?.report.grounded === false ? "zero" : "tuned";
}
