import { isKept } from "#core/entity/entity.ts";
import type { RunInfo } from "#core/entity/extraction.ts";
import { NotegrainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { type Scores, scoreDocuments } from "#core/evaluate/scoreDocuments.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort } from "#core/ports.ts";
import { extractMany, type ManyOptions, type NoteInput } from "./extractMany.ts";
import { sha256Hex } from "./extractNote.ts";

/** Scores of one system on gold documents, in the form that `evaluate --format json` prints. */
export type Evaluation = Scores & {
  readonly secondsPerDocument: number;
  /** Null where there was no document. */
  readonly run: RunInfo | null;
};

/**
 * Reads every gold document's text with the model and scores what comes out.
 * @param onDone called after each document, with how many are finished
 * @throws NG-GOLD for a text that holds nothing; whatever stops a run as a whole
 */
export async function evaluateGold(
  port: InferencePort,
  gold: readonly GoldDocument[],
  settings: ExtractSettings,
  options: Omit<ManyOptions, "skip">,
  onDone: (documents: number) => void = () => {},
): Promise<Evaluation> {
  const inputs = gold.map(
    ({ name, text }): NoteInput => ({ name, read: async () => ({ name, text, sha256: sha256Hex(text) }) }),
  );
  const predicted = [];
  let run: RunInfo | null = null;
  const began = performance.now();
  for await (const outcome of extractMany(port, inputs, settings, options)) {
    if (outcome.state === "failed") throw new NotegrainError(outcome.error.code, outcome.error.params);
    if (outcome.state === "done") {
      run ??= outcome.extraction.run;
      predicted.push({ name: outcome.name, mentions: outcome.extraction.entities.filter(isKept) });
      onDone(predicted.length);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    ...scoreDocuments(gold, predicted, { types: settings.types }),
    secondsPerDocument: gold.length === 0 ? 0 : seconds / gold.length,
    run,
  };
}
