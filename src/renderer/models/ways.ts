import type { ModelReport } from "#contract/records.ts";
import type { Paradigm } from "#core/entity/extraction.ts";

/** Every way of reading, the best first. */
export const paradigms = ["tuned", "few", "zero"] as const satisfies readonly Paradigm[];

/**
 * The ways in which a model can read. To be `tuned` it knows the tags itself, or an adapter brings them; a model that
 * was trained for its tags alone makes nothing of definitions and examples.
 */
export function waysOf(
  model: ModelReport | undefined,
  adapter: ModelReport | undefined,
): ReadonlySet<Paradigm> {
  const canTune = model?.grounded === true || adapter !== undefined;
  const takesPrompts = model?.takesPrompts !== false;
  return new Set(paradigms.filter((way) => (way === "tuned" ? canTune : takesPrompts)));
}

/** The way that was wanted, or where that is not possible the one that needs nothing more: no examples. */
export function possibleWay(wanted: Paradigm, ways: ReadonlySet<Paradigm>): Paradigm {
  if (ways.has(wanted)) return wanted;
  return ways.has("tuned") ? "tuned" : "zero";
}
