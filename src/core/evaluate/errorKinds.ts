import { overlaps } from "../document/span.ts";
import type { TypedSpan } from "./gold.ts";

/** What is wrong: the type at the right border, the border, both, or one of the two sides is missing. */
export const errorKinds = ["type", "border", "both", "missed", "invented"] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** One error: a gold mention, a prediction, or the two that were meant for each other. */
export type ExtractionError = {
  readonly kind: ErrorKind;
  readonly gold: TypedSpan | null;
  readonly predicted: TypedSpan | null;
};

/**
 * The errors of one document. A missed gold mention and a wrong prediction that overlap are one error, the most alike
 * first: same span, then same type, then the nearer borders. Each stands in one error.
 */
export function extractionErrors(
  gold: readonly TypedSpan[],
  predicted: readonly TypedSpan[],
): ExtractionError[] {
  const missed = without(gold, predicted);
  const wrong = without(predicted, gold);
  const pairs = missed.flatMap((mention) =>
    wrong.flatMap((other) => (overlaps(mention, other) ? [pairOf(mention, other)] : [])),
  );
  const paired = new Set<TypedSpan>();
  const errors: ExtractionError[] = [];
  for (const { kind, gold: mention, predicted: other } of pairs.sort(byLikeness)) {
    if (paired.has(mention) || paired.has(other)) continue;
    paired.add(mention).add(other);
    errors.push({ kind, gold: mention, predicted: other });
  }
  for (const mention of missed)
    if (!paired.has(mention)) errors.push({ kind: "missed", gold: mention, predicted: null });
  for (const other of wrong)
    if (!paired.has(other)) errors.push({ kind: "invented", gold: null, predicted: other });
  return errors;
}

type Pair = {
  readonly kind: "type" | "border" | "both";
  readonly gold: TypedSpan;
  readonly predicted: TypedSpan;
  /** How far the borders are from each other, in UTF-16 units. */
  readonly distance: number;
};

function pairOf(gold: TypedSpan, predicted: TypedSpan): Pair {
  const distance = Math.abs(gold.start - predicted.start) + Math.abs(gold.end - predicted.end);
  const kind = distance === 0 ? "type" : gold.type === predicted.type ? "border" : "both";
  return { kind, gold, predicted, distance };
}

function byLikeness(a: Pair, b: Pair): number {
  return errorKinds.indexOf(a.kind) - errorKinds.indexOf(b.kind) || a.distance - b.distance;
}

/** The mentions of `all` that have no equal among `others`; one that stands twice counts once. */
function without(all: readonly TypedSpan[], others: readonly TypedSpan[]): TypedSpan[] {
  const seen = new Set(others.map(keyOf));
  return all.filter((mention) => {
    const key = keyOf(mention);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf({ start, end, type }: TypedSpan): string {
  return `${start} ${end} ${type}`;
}
