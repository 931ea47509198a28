import { type RefObject, useEffect } from "react";
import type { NoteLayout } from "./layout.ts";
import { selectedSpan } from "./textRange.ts";

/** What is copied from the page is the note's own text, line breaks as they are in the file. */
export function useExactCopy(root: RefObject<HTMLElement | null>, layout: NoteLayout, text: string): void {
  useEffect(() => {
    const page = root.current;
    if (page === null) return;
    function onCopy(event: ClipboardEvent): void {
      const span = page && selectedSpan(page, layout);
      if (!span) return;
      event.clipboardData?.setData("text/plain", text.slice(span.start, span.end));
      event.preventDefault();
    }
    page.addEventListener("copy", onCopy);
    return () => page.removeEventListener("copy", onCopy);
  }, [root, layout, text]);
}
