import { type SelectStrategy, selectStrategies } from "../entity/example.ts";
import type { Paradigm } from "../entity/extraction.ts";
import { NotegrainError } from "../errors.ts";

/** One row of the paradigm table: how the model is taught, and how its examples are chosen. */
export type RunSpec = {
  /** As it was asked for, such as `few:token`. */
  readonly spec: string;
  readonly paradigm: Paradigm;
  /** Null where no examples are shown. */
  readonly select: SelectStrategy | null;
};

const known: readonly RunSpec[] = [
  { spec: "zero", paradigm: "zero", select: null },
  ...selectStrategies.map((select): RunSpec => ({ spec: `few:${select}`, paradigm: "few", select })),
  { spec: "tuned", paradigm: "tuned", select: null },
];

/** Every row that can be asked for, in the order in which they are expected to get better. */
export const runSpecs: readonly string[] = known.map(({ spec }) => spec);

/**
 * Reads `--runs zero,few:token,…`.
 * @throws NG-USAGE for a row that does not exist, one that stands twice, or none at all
 */
export function parseRunSpecs(words: string): readonly RunSpec[] {
  const asked = words.split(",").map((part) => part.trim());
  return asked.map((spec, i) => {
    const found = known.find((one) => one.spec === spec);
    if (!found) {
      throw new NotegrainError("NG-USAGE", {
        detail: `--runs knows ${runSpecs.join(", ")}, and "${spec}" is none of them.`,
      });
    }
    if (asked.indexOf(spec) < i)
      throw new NotegrainError("NG-USAGE", { detail: `--runs names ${spec} twice.` });
    return found;
  });
}
