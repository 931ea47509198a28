import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort, ReadNote } from "#core/ports.ts";
import type { RunPlan } from "#core/storePort.ts";
import { promptSha256, sha256Hex } from "./extractNote.ts";

/** What makes two runs of a note the same run: model, adapter, prompt, and how its bytes were read. */
export function runPlan(
  port: InferencePort,
  settings: ExtractSettings,
  reading: { readonly language: "auto" | "en" | "zh"; readonly encoding?: string | undefined },
): RunPlan {
  return {
    model: port.facts.name,
    modelSha256: port.facts.sha256,
    adapterSha256: port.facts.adapterSha256,
    paradigm: settings.paradigm,
    outputFormat: settings.outputFormat,
    promptSha256: promptSha256(port, settings),
    bank: null,
    types: settings.types,
    settings: { language: reading.language, encoding: reading.encoding ?? null },
  };
}

/** One note's run under a plan, as one short string. */
export function noteRunKey(note: Pick<ReadNote, "sha256">, plan: RunPlan): string {
  return sha256Hex(JSON.stringify([note.sha256, plan]));
}
