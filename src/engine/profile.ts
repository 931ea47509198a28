import { type ErrorParams, NotegrainError, type ReasonCode } from "#core/errors.ts";
import type { GroundedProfile, HabitTables, TokenId } from "#core/ports.ts";
import { EPISODES } from "#core/prompt/ownEpisodes.ts";
import type { ModelFile } from "./modelFile.ts";

/** The layouts of a sequence that this program reads: tags with types of their own, and tags told in the prompt. */
const FORMATS = ["grounded@1", EPISODES];

/**
 * The tags of a model of the project's own; null for a stock model.
 * @throws NG-MODEL-UNFIT where it is of a later format or lacks one of its tokens
 */
export function profileOf(
  { fileName, facts }: ModelFile,
  specialToken: (name: string) => TokenId | null,
  habits: HabitTables | null,
): GroundedProfile | null {
  const { grounded } = facts;
  if (grounded === null) return null;
  const unfit = (reason: ReasonCode, values: ErrorParams) =>
    new NotegrainError("NG-MODEL-UNFIT", { name: fileName, reason, ...values });
  if (!FORMATS.includes(grounded.format)) {
    throw unfit("MODEL-OUTPUT-FORMAT", { format: grounded.format, known: FORMATS.join(" / ") });
  }
  const token = (name: string): TokenId => {
    const id = specialToken(name);
    if (id === null) throw unfit("MODEL-NO-TOKEN", { token: name });
    return id;
  };
  return {
    bos: token("<|bos|>"),
    sep: token("<|sep|>"),
    eos: token("<|eos|>"),
    close: token("<|close|>"),
    open: new Map(grounded.types.map((type) => [type, token(`<|open:${type}|>`)])),
    openBias: grounded.openBias,
    temperature: grounded.temperature,
    calibration: grounded.calibration,
    windowTokens: grounded.windowTokens,
    windowSentences: grounded.windowSentences,
    exampleTokens: grounded.exampleTokens,
    maxDepth: grounded.maxDepth,
    ...(grounded.format === EPISODES && {
      slots: Array.from({ length: grounded.slots }, (_, i) => token(`<|open:${i + 1}|>`)),
    }),
    habits,
  };
}
