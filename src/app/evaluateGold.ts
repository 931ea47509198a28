import { isKept } from "#core/entity/entity.ts";
import type { RunInfo } from "#core/entity/extraction.ts";
import { NotegrainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { type Reliability, reliabilityOf } from "#core/evaluate/reliability.ts";
import { type MentionDocument, type Scores, scoreDocuments } from "#core/evaluate/scoreDocuments.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { InferencePort } from "#core/ports.ts";
import { extractMany, type ManyOptions, type NoteInput } from "./extractMany.ts";
import { sha256Hex } from "./extractNote.ts";

/** What a model found in gold documents. */
export type Prediction = {
  readonly predicted: readonly MentionDocument[];
  /** What was predicted before a selector dropped anything; absent where none judged. */
  readonly unjudged?: readonly MentionDocument[];
  readonly secondsPerDocument: number;
  /** Null where there was no document. */
  readonly run: RunInfo | null;
};

/** Scores of one system on gold documents, in the form that `evaluate --format json` prints. */
export type Evaluation = Scores &
  Omit<Prediction, "predicted" | "unjudged"> & {
    /** How far the confidences can be trusted; null where the model gives none. */
    readonly calibration: Reliability | null;
    /** The same run before its selector dropped anything. */
    readonly withoutSelector?: Pick<Scores, "micro">;
  };

/**
 * Reads every gold document's text with the model.
 * @param onDone called after each document, with how many are finished
 * @throws the error of the first document that cannot be read, such as NG-EMPTY; NG-CANCELLED
 */
export async function predictGold(
  port: InferencePort,
  gold: readonly GoldDocument[],
  settings: ExtractSettings,
  options: Omit<ManyOptions, "skip">,
  onDone: (documents: number) => void = () => {},
): Promise<Prediction> {
  const inputs = gold.map(
    ({ name, text }): NoteInput => ({ name, read: async () => ({ name, text, sha256: sha256Hex(text) }) }),
  );
  const predicted: MentionDocument[] = [];
  const unjudged: MentionDocument[] = [];
  let run: RunInfo | null = null;
  // The index of a bank is made once for all notes: the seconds of a note do not hold it.
  await settings.fewShot?.bank.prepare(settings.fewShot.select);
  const began = performance.now();
  for await (const outcome of extractMany(port, inputs, settings, options)) {
    if (outcome.state === "failed") throw new NotegrainError(outcome.error.code, outcome.error.params);
    if (outcome.state === "done") {
      run ??= outcome.extraction.run;
      const { entities } = outcome.extraction;
      predicted.push({ name: outcome.name, mentions: entities.filter(isKept) });
      unjudged.push({ name: outcome.name, mentions: entities });
      onDone(predicted.length);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    predicted,
    ...(settings.judging && { unjudged }),
    secondsPerDocument: gold.length === 0 ? 0 : seconds / gold.length,
    run,
  };
}

/** Reads every gold document and scores what comes out. @throws as `predictGold` */
export async function evaluateGold(
  port: InferencePort,
  gold: readonly GoldDocument[],
  settings: ExtractSettings,
  options: Omit<ManyOptions, "skip">,
  onDone: (documents: number) => void = () => {},
): Promise<Evaluation> {
  const prediction = await predictGold(port, gold, settings, options, onDone);
  return evaluationOf(gold, prediction, settings.types);
}

/** What a model found, scored. */
export function evaluationOf(
  gold: readonly GoldDocument[],
  { predicted, unjudged, ...how }: Prediction,
  types: readonly string[],
): Evaluation {
  return {
    ...scoreDocuments(gold, predicted, { types }),
    calibration: reliabilityOf(gold, predicted, types),
    ...(unjudged && { withoutSelector: { micro: scoreDocuments(gold, unjudged, { types }).micro } }),
    ...how,
  };
}
