import { type RefObject, useEffect, useLayoutEffect, useMemo } from "react";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import { chunkAt, type NoteLayout } from "./layout.ts";
import { createPainter, type IdleScheduler, type Painter } from "./painter.ts";
import { rangeOf } from "./textRange.ts";

/** Chunks that are painted with the first frame, before it is known what is on screen: more than any window shows. */
const FIRST_CHUNKS = 90;

const whenIdle: IdleScheduler = (slice) => {
  const handle = requestIdleCallback(slice, { timeout: 500 });
  return () => cancelIdleCallback(handle);
};

/**
 * Keeps the page's highlights in step with what is to be shown, scrolls to the entity in focus and shows a
 * selection that is made by keyboard. Answers the painter that the page draws from.
 */
export function useShownEntities(options: {
  readonly root: RefObject<HTMLDivElement | null>;
  readonly layout: NoteLayout;
  readonly text: string;
  readonly visible: readonly Entity[];
  readonly current: Entity | null;
  /** The current entity's span while its edge is dragged. */
  readonly preview: Span | null;
  readonly selection: Span | null;
}): Painter {
  const { root, layout, text, visible, current, preview, selection } = options;
  const painter = useMemo(() => {
    const created = createPainter(text, layout, whenIdle);
    created.see(new Set(layout.chunks.slice(0, FIRST_CHUNKS).map((chunk) => chunk.index)));
    return created;
  }, [text, layout]);
  useEffect(() => () => painter.stop(), [painter]);

  const id = current?.id ?? null;
  useLayoutEffect(() => {
    const shown =
      preview === null
        ? visible
        : visible.map((entity) => (entity.id === id ? { ...entity, ...preview, fragments: null } : entity));
    painter.show(shown, id);
  }, [painter, visible, id, preview]);

  const start = current?.start ?? null;
  useEffect(() => {
    const page = root.current;
    if (page === null || id === null || start === null) return;
    const chunk = chunkAt(layout.chunks, start);
    if (showMark(page, id)) return;
    // Of a very long note this part is not on the page yet: it comes with the frame after it was scrolled to.
    const block = [...page.children].find((one) => Number((one as HTMLElement).dataset.lastChunk) >= chunk);
    block?.scrollIntoView({ block: "center" });
    const timer = setTimeout(() => showMark(page, id), 120);
    return () => clearTimeout(timer);
  }, [root, layout, id, start]);

  useEffect(() => {
    const page = root.current;
    if (page === null || selection === null) return;
    const range = rangeOf(page, layout, selection);
    if (range === null) return;
    const shown = window.getSelection();
    shown?.removeAllRanges();
    shown?.addRange(range);
    range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
    return () => shown?.removeAllRanges();
  }, [root, layout, selection]);

  return painter;
}

/** Scrolls to an entity and gives it the keyboard; false where it is not on the page. */
function showMark(page: HTMLElement, id: string): boolean {
  const mark = page.querySelector<HTMLElement>(`[data-entity-id="${CSS.escape(id)}"]`);
  if (mark === null) return false;
  mark.scrollIntoView({ block: "nearest" });
  // Whoever walks through the findings keeps the keyboard there.
  if (!document.activeElement?.closest("[data-findings], [role=menu], [role=dialog], [role=toolbar]"))
    mark.focus({ preventScroll: true });
  return true;
}
