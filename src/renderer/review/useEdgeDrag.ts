import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import type { NoteLayout } from "../note/layout.ts";
import { offsetAtPoint } from "../note/textRange.ts";
import { type Edge, nearestStop } from "./boundaries.ts";
import type { DeskCommand } from "./desk.ts";

/** Drags the edges of the current entity by its handles: word by word, with Alt by character. */
export function useEdgeDrag(options: {
  readonly root: RefObject<HTMLElement | null>;
  readonly layout: NoteLayout;
  readonly text: string;
  readonly entity: Entity | null;
  dispatch(command: DeskCommand): void;
}): { readonly preview: Span | null; onPointerDown(event: ReactPointerEvent<HTMLElement>): void } {
  const [preview, setPreview] = useState<Span | null>(null);
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });

  const onPointerDown = useCallback((event: ReactPointerEvent<HTMLElement>) => {
    const edge = (event.target as Element).closest<HTMLElement>("[data-edge]")?.dataset.edge as
      | Edge
      | undefined;
    const { entity, root } = latest.current;
    const page = root.current;
    if (edge === undefined || entity === null || page === null) return;
    event.preventDefault();
    let span: Span = { start: entity.start, end: entity.end };

    function onMove(move: PointerEvent): void {
      const { text, layout } = latest.current;
      const offset = page && offsetAtPoint(page, layout, move.clientX, move.clientY);
      if (offset === null || edge === undefined) return;
      const stop = nearestStop(text, offset, edge, move.altKey ? "character" : "word");
      const next = { ...span, [edge]: stop };
      if (next.start >= next.end || stop === span[edge]) return;
      span = next;
      setPreview(span);
    }
    function end(last: PointerEvent): void {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      setPreview(null);
      if (last.type === "pointerup") latest.current.dispatch({ kind: "span", span });
    }
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  }, []);

  return { preview, onPointerDown };
}
