import { compareSpans } from "../../document/span.ts";
import type { Entity } from "../../entity/entity.ts";
import { escapeHtml } from "./escapeHtml.ts";

/** A stretch to mark: an entity, or one part of a discontinuous one. */
type Stretch = { readonly start: number; readonly end: number; readonly entity: Entity };

/**
 * The text as HTML with a `span` around every entity, nested ones inside each other. Where two overlap without
 * nesting, the inner one is closed and opened again, so that the tags stay in order.
 * @param openTag the opening tag of an entity's element; `last` where the entity's words end in it
 */
export function highlight(
  text: string,
  entities: readonly Entity[],
  openTag: (entity: Entity, last: boolean) => string,
): string {
  const stretches = entities
    .flatMap((entity) =>
      (entity.fragments ?? [entity]).map(({ start, end }): Stretch => ({ start, end, entity })),
    )
    .sort(compareSpans);
  const ends = stretches.flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([0, ...ends, text.length])].sort((a, b) => a - b);
  const html: string[] = [];
  let open: readonly Stretch[] = [];
  let next = 0;
  cuts.forEach((cut, i) => {
    const firstToEnd = open.findIndex((stretch) => stretch.end === cut);
    const closed = firstToEnd < 0 ? [] : open.slice(firstToEnd);
    html.push("</span>".repeat(closed.length));
    open = open.slice(0, open.length - closed.length);
    const first = next;
    while (stretches[next]?.start === cut) next += 1;
    const opening = [...closed.filter((stretch) => stretch.end > cut), ...stretches.slice(first, next)].sort(
      (a, b) => b.end - a.end,
    );
    for (const stretch of opening) {
      const whole = open.every((outer) => outer.end >= stretch.end);
      html.push(openTag(stretch.entity, whole && stretch.end === stretch.entity.end));
      open = [...open, stretch];
    }
    html.push(escapeHtml(text.slice(cut, cuts[i + 1] ?? cut)));
  });
  return html.join("");
}
