import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";

/** An entity as it is to be painted. */
export type PaintedEntity = { readonly entity: Entity; readonly lane: number; readonly current: boolean };

/** A part of an entity's highlight, around text and the highlights that lie nearer to it. */
export type Mark = {
  readonly painted: PaintedEntity;
  /** Offset of its first unit. */
  readonly start: number;
  /** Between the fragments of a discontinuous entity. */
  readonly gap: boolean;
  /** Holds the entity's first unit, or its last. */
  readonly first: boolean;
  readonly last: boolean;
  readonly children: readonly (Mark | string)[];
};

type Part = Span & { readonly painted: PaintedEntity; readonly gap: boolean };
type OpenMark = { readonly part: Part; readonly from: number; readonly children: (Mark | string)[] };

/**
 * The text of `range` with its highlights as nested marks, outer lanes around inner ones. Where two cross,
 * the inner one is split at the outer one's edge, and each of its parts carries the entity. The strings, in order,
 * are the text of the range, whole.
 */
export function buildMarks(text: string, range: Span, painted: readonly PaintedEntity[]): (Mark | string)[] {
  const parts = painted
    .flatMap(partsOf)
    .filter((part) => part.start < range.end && range.start < part.end)
    .sort((a, b) => b.painted.lane - a.painted.lane);
  const root: (Mark | string)[] = [];
  const open: OpenMark[] = [];

  const close = (depth: number, at: number) => {
    while (open.length > depth) {
      const { part, from, children } = open.pop() as OpenMark;
      const { painted: own, gap } = part;
      const first = from === own.entity.start;
      (open.at(-1)?.children ?? root).push({
        painted: own,
        start: from,
        gap,
        first,
        last: at === own.entity.end,
        children,
      });
    }
  };

  for (const segment of segmentsOf(range, parts)) {
    const covering = parts.filter((part) => part.start <= segment.start && segment.end <= part.end);
    let shared = 0;
    while (shared < open.length && open[shared]?.part === covering[shared]) shared += 1;
    close(shared, segment.start);
    for (const part of covering.slice(shared)) open.push({ part, from: segment.start, children: [] });
    (open.at(-1)?.children ?? root).push(text.slice(segment.start, segment.end));
  }
  close(0, range.end);
  return root;
}

/** The stretches of `range` between the edges of parts; none is empty. */
function segmentsOf(range: Span, parts: readonly Span[]): Span[] {
  const edges = new Set([range.start, range.end]);
  for (const part of parts) {
    if (part.start > range.start) edges.add(part.start);
    if (part.end < range.end) edges.add(part.end);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => ({ start: sorted[index] as number, end }));
}

/** An entity's span, or its fragments and the gaps between them. */
function partsOf(painted: PaintedEntity): Part[] {
  const { start, end, fragments } = painted.entity;
  if (fragments === null) return [{ start, end, painted, gap: false }];
  return fragments.flatMap((fragment, index) => {
    const next = fragments[index + 1];
    const own = { start: fragment.start, end: fragment.end, painted, gap: false };
    return next && next.start > fragment.end
      ? [own, { start: fragment.end, end: next.start, painted, gap: true }]
      : [own];
  });
}
