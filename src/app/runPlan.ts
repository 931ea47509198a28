import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort, ModelFacts, ReadNote } from "#core/ports.ts";
import { selectorRun } from "#core/read/judgeEntities.ts";
import type { RunPlan } from "#core/storePort.ts";
import { promptSha256, sha256Hex } from "./extractNote.ts";

/** How a note's bytes were read. */
type Reading = { readonly language: "auto" | "en" | "zh"; readonly encoding?: string | undefined };

/** What makes two runs of a note the same run: model, adapter, prompt, and how its bytes were read. */
export function runPlan(port: InferencePort, settings: ExtractSettings, reading: Reading): RunPlan {
  return { ...planFor(port.facts, settings, reading), promptSha256: promptSha256(port, settings) };
}

/** As `runPlan` for a model that is not loaded yet: the run itself fills in the hash of its prompt. */
export function planFor(
  model: Pick<ModelFacts, "name" | "sha256" | "adapterSha256">,
  settings: ExtractSettings,
  reading: Reading,
): RunPlan {
  return {
    model: model.name,
    modelSha256: model.sha256,
    adapterSha256: model.adapterSha256,
    paradigm: settings.paradigm,
    outputFormat: settings.outputFormat,
    promptSha256: "",
    bank: settings.fewShot?.bank.name ?? null,
    types: settings.types,
    ...(settings.judging && { selector: selectorRun(settings.judging) }),
    settings: { language: reading.language, encoding: reading.encoding ?? null },
  };
}

/** One note's run under a plan, as one short string. */
export function noteRunKey(note: Pick<ReadNote, "sha256">, plan: RunPlan): string {
  return sha256Hex(JSON.stringify([note.sha256, plan]));
}
