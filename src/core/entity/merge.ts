import { compareSpans, contains, overlaps, type Span, sameSpan } from "../document/span.ts";
import type { Mention } from "./entity.ts";

/**
 * One list from the mentions of all windows, in document order: equal spans of a type once, with the higher
 * confidence; of crossing spans of a type the more confident. Nested spans stay, and so do crossing ones of two
 * types. `borders` holds the UTF-16 offsets at which a window's own stretch begins: a mention that starts there
 * inside one of its type from the window before is the rest of what that window saw whole, and is dropped.
 */
export function mergeMentions(
  mentions: readonly Mention[],
  borders: ReadonlySet<number> = new Set(),
): Mention[] {
  const merged: Mention[] = [];
  for (const ofType of byType(mentions).values()) {
    for (const cluster of clusters(ofType)) merged.push(...withoutCrossing(cluster, borders));
  }
  return merged.sort(compareMentions);
}

function byType(mentions: readonly Mention[]): Map<string, Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const group = groups.get(mention.type);
    if (group === undefined) groups.set(mention.type, [mention]);
    else group.push(mention);
  }
  return groups;
}

/** Runs of mentions that overlap, so that each run can be settled by itself. */
function* clusters(mentions: readonly Mention[]): Generator<Mention[]> {
  let cluster: Mention[] = [];
  let end = 0;
  for (const mention of [...mentions].sort(compareMentions)) {
    if (mention.start >= end && cluster.length > 0) {
      yield cluster;
      cluster = [];
    }
    cluster.push(mention);
    end = Math.max(end, mention.end);
  }
  if (cluster.length > 0) yield cluster;
}

/** The mentions of a cluster that may stand together, the most confident ones first served. */
function withoutCrossing(cluster: readonly Mention[], borders: ReadonlySet<number>): Mention[] {
  const isRest = (mention: Mention) =>
    borders.has(mention.start) &&
    cluster.some((other) => other.start < mention.start && overlaps(other, mention));
  const ranked = cluster
    .filter((mention) => !isRest(mention))
    .sort(
      (a, b) =>
        (b.confidence ?? 0) - (a.confidence ?? 0) || b.end - b.start - (a.end - a.start) || a.start - b.start,
    );
  const kept: Mention[] = [];
  for (const mention of ranked) {
    if (!kept.some((other) => sameSpan(other, mention) || crosses(other, mention))) kept.push(mention);
  }
  return kept;
}

function crosses(a: Span, b: Span): boolean {
  return overlaps(a, b) && !contains(a, b) && !contains(b, a);
}

function compareMentions(a: Mention, b: Mention): number {
  return compareSpans(a, b) || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0);
}
