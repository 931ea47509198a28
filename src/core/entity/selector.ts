import type { Entity } from "./entity.ts";

/** How a selector filters what was found (Unified BioNER, arXiv 2510.08902). */
export type SelectorRule = {
  /** Spans whose yes-probability is below it are dropped. */
  readonly threshold: number;
  /** Only spans that the first model was less sure of are asked about; null asks about all. */
  readonly below: number | null;
};

/** The selector of a run: what has to be known to repeat it. */
export type SelectorRun = SelectorRule & {
  /** Of the adapter that judged, or of the model where it judged without one. */
  readonly sha256: string;
};

/** The middle of the scale, and everything asked: what holds where nothing was said. */
export const defaultSelectorRule: SelectorRule = { threshold: 0.5, below: null };

/** Whether the rule asks about a span of this confidence; one whose confidence is not known is always asked about. */
export function isAsked({ below }: SelectorRule, confidence: number | null): boolean {
  return below === null || confidence === null || confidence < below;
}

/**
 * The same entities under another threshold, without asking again. Links stay those of the run: what comes back by
 * a lower threshold has none. Entities whose verdict does not change stay the same objects.
 */
export function applyThreshold(
  entities: readonly Entity[],
  threshold: number | undefined,
): readonly Entity[] {
  if (threshold === undefined) return entities;
  return entities.map((entity) => {
    const { selector } = entity;
    const kept = selector !== null && selector.probability >= threshold;
    return selector === null || selector.kept === kept
      ? entity
      : { ...entity, selector: { ...selector, kept } };
  });
}
