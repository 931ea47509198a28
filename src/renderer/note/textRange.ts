import type { Span } from "#core/document/span.ts";
import { chunkAt, type NoteLayout } from "./layout.ts";

/** Marks the element of a chunk; its text is the chunk's text, whole and nothing else. */
export const chunkAttribute = "data-chunk";

/** The place of a chunk's element on the page. */
function chunkElement(root: Element, index: number): Element | null {
  return root.querySelector(`[${chunkAttribute}="${index}"]`);
}

/** The offset in the note of a place on the page; null outside of the note. */
export function offsetOf(root: Element, layout: NoteLayout, node: Node, within: number): number | null {
  if (!root.contains(node)) return null;
  const element = node instanceof Element ? node : node.parentElement;
  const holder = element?.closest(`[${chunkAttribute}]`);
  if (holder) {
    const chunk = layout.chunks[Number(holder.getAttribute(chunkAttribute))];
    if (chunk === undefined) return null;
    const before = document.createRange();
    before.setStart(holder, 0);
    before.setEnd(node, within);
    return chunk.start + before.toString().length;
  }
  // Between lines or blocks: the place belongs to what follows, else to the end of what went before.
  const place = document.createRange();
  place.setStart(node, within);
  const following = [...root.querySelectorAll(`[${chunkAttribute}]`)].find(
    (one) => place.comparePoint(one, 0) >= 0,
  );
  const next = following && layout.chunks[Number(following.getAttribute(chunkAttribute))];
  return next ? next.start : (layout.chunks.at(-1)?.end ?? 0);
}

/** What is selected in the note, as offsets; null where nothing is. */
export function selectedSpan(root: Element, layout: NoteLayout): Span | null {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(root, layout, range.startContainer, range.startOffset);
  const end = offsetOf(root, layout, range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

/** The offset under a point of the window; null outside of the note. */
export function offsetAtPoint(root: Element, layout: NoteLayout, x: number, y: number): number | null {
  const caret = document.caretPositionFromPoint(x, y);
  return caret === null ? null : offsetOf(root, layout, caret.offsetNode, caret.offset);
}

/** The page's range for a span of the note; null where the page does not hold it. */
export function rangeOf(root: Element, layout: NoteLayout, span: Span): Range | null {
  const start = placeOf(root, layout, span.start, false);
  const end = placeOf(root, layout, span.end, true);
  if (start === null || end === null) return null;
  const range = document.createRange();
  range.setStart(start.node, start.within);
  range.setEnd(end.node, end.within);
  return range;
}

function placeOf(
  root: Element,
  layout: NoteLayout,
  offset: number,
  isEnd: boolean,
): { node: Node; within: number } | null {
  // The end of a span belongs to the chunk of its last unit.
  const chunk = layout.chunks[chunkAt(layout.chunks, isEnd ? offset - 1 : offset)];
  const holder = chunk && chunkElement(root, chunk.index);
  if (!chunk || !holder) return null;
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  let rest = Math.min(offset, chunk.end) - chunk.start;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (rest <= length && (isEnd || rest < length)) return { node, within: rest };
    rest -= length;
  }
  return { node: holder, within: holder.childNodes.length };
}
