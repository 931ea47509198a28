import { compareSpans, contains, overlaps, type Span } from "#core/document/span.ts";

/**
 * Gives each span a lane: spans that share a unit never share a lane, and a span lies in a higher lane than
 * those inside it, so that the innermost underline is nearest to the text (lane 0). Of equal spans the
 * later one lies inside. Answers one lane a span, in the order given.
 */
export function assignLanes(spans: readonly Span[]): number[] {
  const lanes = new Array<number>(spans.length).fill(0);
  for (const cluster of clustersOf(spans)) {
    if (cluster.length === 1) continue;
    const placed: number[] = [];
    // Short spans first: whatever lies inside a span is placed before it.
    cluster.sort((a, b) => lengthOf(spans, a) - lengthOf(spans, b) || b - a);
    for (const index of cluster) {
      lanes[index] = lowestLane(spans, lanes, placed, index);
      placed.push(index);
    }
  }
  return lanes;
}

function lowestLane(
  spans: readonly Span[],
  lanes: readonly number[],
  placed: readonly number[],
  index: number,
): number {
  const own = spans[index] as Span;
  const taken = new Set<number>();
  let floor = 0;
  for (const other of placed) {
    const span = spans[other] as Span;
    const lane = lanes[other] ?? 0;
    if (!overlaps(own, span)) continue;
    taken.add(lane);
    if (contains(own, span)) floor = Math.max(floor, lane + 1);
  }
  while (taken.has(floor)) floor += 1;
  return floor;
}

/** Indexes of spans that hang together by overlap. Spans that only touch do not. */
function clustersOf(spans: readonly Span[]): number[][] {
  const order = spans.map((_, index) => index);
  order.sort((a, b) => compareSpans(spans[a] as Span, spans[b] as Span));
  const clusters: number[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const span = spans[index] as Span;
    if (span.start >= end) clusters.push([index]);
    else clusters.at(-1)?.push(index);
    end = Math.max(end, span.end);
  }
  return clusters;
}

function lengthOf(spans: readonly Span[], index: number): number {
  const span = spans[index] as Span;
  return span.end - span.start;
}
