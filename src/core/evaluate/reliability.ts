import type { TypedSpan } from "./gold.ts";

/** The mentions of one document with their confidences, where they have one. */
export type ConfidentDocument = {
  readonly name: string;
  readonly mentions: readonly (TypedSpan & { readonly confidence?: number | null })[];
};

/** Equal-width bins of confidence; `training/` uses as many. */
const BINS = 10;

/** The predictions whose confidence falls into one bin. */
export type ReliabilityBin = {
  readonly count: number;
  /** Their mean. */
  readonly confidence: number;
  /** The share of them that is right: same start, end and type as a gold mention. */
  readonly right: number;
};

/** How well confidences foretell what is right. Figures are rounded to 6 decimals. */
export type Reliability = {
  /** Expected calibration error: the mean distance of confidence and share right over the bins, by their size. */
  readonly ece: number;
  /** Bins that hold something, from the least confident up. */
  readonly bins: readonly ReliabilityBin[];
};

/** Over all predictions of the types that have a confidence; null where none has. */
export function reliabilityOf(
  gold: readonly ConfidentDocument[],
  predicted: readonly ConfidentDocument[],
  types: readonly string[],
): Reliability | null {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  const known = new Map(gold.map(({ name, mentions }) => [name, new Set(mentions.map(keyOf))]));
  for (const { name, mentions } of predicted) {
    const right = known.get(name);
    for (const mention of mentions) {
      const confidence = mention.confidence ?? null;
      const bin = bins[Math.min(BINS - 1, Math.floor((confidence ?? 0) * BINS))];
      if (!right || !bin || confidence === null || !types.includes(mention.type)) continue;
      bin.count += 1;
      bin.confidence += confidence;
      if (right.has(keyOf(mention))) bin.right += 1;
    }
  }
  const held = bins.filter(({ count }) => count > 0);
  const total = held.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const distance = held.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0);
  return {
    ece: round(distance / total),
    bins: held.map(({ count, confidence, right }) => ({
      count,
      confidence: round(confidence / count),
      right: round(right / count),
    })),
  };
}

function keyOf({ start, end, type }: TypedSpan): string {
  return `${start} ${end} ${type}`;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
