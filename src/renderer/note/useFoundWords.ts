import { type RefObject, useDeferredValue, useEffect, useMemo } from "react";
import { findWords, spansWithin } from "./findWords.ts";
import type { NoteLayout } from "./layout.ts";
import { chunkAttribute } from "./textRange.ts";

/** The name under which the style sheet knows the words that were found. */
const HIGHLIGHT = "found-words";
/** Pixels above and below the window in which words are marked before they are scrolled to. */
const MARGIN = 300;

/**
 * Marks every place of `words` on the page, over whatever highlights lie there: by the browser's own highlights,
 * which change nothing of the page. Only what is near the window is marked, and marked anew when the page
 * scrolls or repaints.
 */
export function useFoundWords(
  root: RefObject<HTMLElement | null>,
  layout: NoteLayout,
  text: string,
  words: string,
): void {
  // Typing never waits for the search.
  const sought = useDeferredValue(words);
  const found = useMemo(() => findWords(text, sought), [text, sought]);
  useEffect(() => {
    const page = root.current;
    const scroller = page?.parentElement;
    if (!page || !scroller || found.length === 0) return;
    const highlight = new Highlight();
    CSS.highlights.set(HIGHLIGHT, highlight);
    let frame = 0;
    function mark(): void {
      frame = 0;
      highlight.clear();
      for (const chunk of page ? nearChunks(page) : []) {
        const place = layout.chunks[Number(chunk.getAttribute(chunkAttribute))];
        if (place === undefined) continue;
        const within = spansWithin(found, place).map(({ start, end }) => ({
          start: start - place.start,
          end: end - place.start,
        }));
        for (const range of rangesIn(chunk, within)) highlight.add(range);
      }
    }
    function markSoon(): void {
      if (frame === 0) frame = requestAnimationFrame(mark);
    }
    const observer = new MutationObserver(markSoon);
    observer.observe(page, { childList: true, characterData: true, subtree: true });
    scroller.addEventListener("scroll", markSoon, { passive: true });
    window.addEventListener("resize", markSoon);
    markSoon();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      scroller.removeEventListener("scroll", markSoon);
      window.removeEventListener("resize", markSoon);
      CSS.highlights.delete(HIGHLIGHT);
    };
  }, [root, layout, found]);
}

function nearChunks(page: HTMLElement): Element[] {
  return [...page.children]
    .filter((block) => {
      const { top, bottom } = block.getBoundingClientRect();
      return bottom > -MARGIN && top < window.innerHeight + MARGIN;
    })
    .flatMap((block) => [...block.querySelectorAll(`[${chunkAttribute}]`)]);
}

/** The page's ranges of spans of a chunk, which are sorted and do not overlap. */
function rangesIn(chunk: Element, spans: readonly { start: number; end: number }[]): StaticRange[] {
  const ranges: StaticRange[] = [];
  const walker = document.createTreeWalker(chunk, NodeFilter.SHOW_TEXT);
  let before = 0;
  let next = 0;
  for (let node = walker.nextNode(); node && next < spans.length; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    for (let span = spans[next]; span && span.start < before + length; span = spans[next]) {
      ranges.push(
        new StaticRange({
          startContainer: node,
          startOffset: Math.max(0, span.start - before),
          endContainer: node,
          endOffset: Math.min(length, span.end - before),
        }),
      );
      if (span.end > before + length) break;
      next += 1;
    }
    before += length;
  }
  return ranges;
}
