import type { IndexingState, VectorsState } from "#contract/examples.ts";
import type { Settings } from "#contract/records.ts";
import { type SelectStrategy, selectStrategies } from "#core/entity/example.ts";
import { toPlainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { EmbeddingPort, FewShotSettings } from "#core/ports.ts";
import type { RunPlan } from "#core/storePort.ts";
import type { AppContext } from "./handlers.ts";
import { type StoreBank, storeBank } from "./storeBank.ts";

/** What runs call the bank of the case store. */
const OWN_BANK = "examples";
/** Of the random draw; the same for all notes, so that the cache keeps the examples from one to the next. */
const SEED = 1;

/** The examples of runs, as their plans say. */
export type FewShot = {
  /** What a plan asks of a model, with examples where its paradigm shows them. @throws NG-BANK, NG-ENCODER, … */
  settings(plan: RunPlan): Promise<ExtractSettings>;
  /** How far the vectors are. Opens the encoder. @param examples of the bank that can be shown */
  vectors(examples: number): Promise<VectorsState>;
  /** Makes the vectors that are missing. @throws NG-MODEL-MISSING, NG-ENCODER, NG-STORE-… */
  index(): Promise<void>;
  close(): Promise<void>;
};

/** What a plan of the paradigm few says beside the others. @param without ids of examples to do without */
export function planExamples(
  plan: RunPlan,
  { examples, select, examplesBudget }: Pick<Settings, "examples" | "select" | "examplesBudget">,
  without: readonly string[] = [],
): RunPlan {
  if (plan.paradigm !== "few") return plan;
  return {
    ...plan,
    bank: OWN_BANK,
    settings: { ...plan.settings, examples, select, examplesBudget, without: without.join(" ") },
  };
}

/** Whether a way of choosing looks at vectors. */
export function needsEncoder(select: SelectStrategy): boolean {
  return select === "sentence" || select === "token";
}

/** Opens the bank when a run first needs it, and anew when it has changed. */
export function createFewShot({ store, encoder, events }: AppContext): FewShot {
  let opened: { readonly key: string; readonly bank: Promise<StoreBank> } | null = null;
  let embedding: Promise<EmbeddingPort> | null = null;
  let indexing: IndexingState | null = null;

  async function openEncoder(): Promise<EmbeddingPort> {
    embedding ??= encoder().catch((error: unknown) => {
      embedding = null;
      throw error;
    });
    return embedding;
  }

  async function open(select: SelectStrategy): Promise<StoreBank> {
    const port = needsEncoder(select) ? await openEncoder() : null;
    const key = `${store.examplesVersion()} ${port?.identity ?? ""}`;
    if (opened?.key !== key) {
      const tell = (done: number, total: number) => {
        indexing = done < total ? { done, total } : null;
        events.emit("examples", { indexing: { done, total } });
      };
      opened = { key, bank: storeBank(OWN_BANK, store, port, tell) };
    }
    try {
      return await opened.bank;
    } catch (error) {
      opened = null;
      indexing = null;
      throw error;
    }
  }

  return {
    async settings(plan) {
      if (plan.paradigm !== "few") return plan;
      const { examples, select, examplesBudget, without } = plan.settings;
      const strategy = selectStrategies.find((one) => one === select) ?? "bm25";
      const { bank, pinned, banned } = await open(strategy);
      const fewShot: FewShotSettings = {
        bank,
        examples: Number(examples),
        select: strategy,
        budgetTokens: Number(examplesBudget),
        seed: SEED,
        excludedSources: [],
        pinned,
        banned: [...banned, ...String(without).split(" ")].filter((id) => id !== ""),
      };
      return { ...plan, fewShot };
    },

    async vectors(examples) {
      try {
        const { identity, dimension } = await openEncoder();
        const kept = store.vectorEncoders();
        const made = kept.find(({ encoder }) => encoder === identity)?.vectors ?? 0;
        const otherDimension = kept.find((other) => other.dimension !== dimension)?.dimension ?? null;
        return { dimension, otherDimension, missing: Math.max(0, examples - made), indexing, error: null };
      } catch (error) {
        return { error: toPlainError(error) };
      }
    },

    async index() {
      await open("sentence");
    },

    async close() {
      await embedding?.then(
        (port) => port.dispose(),
        () => undefined, // it never opened, and whoever asked for it was told
      );
    },
  };
}
