import { type RefObject, useEffect, useState } from "react";

/** Milliseconds that the pointer rests on a highlight before its card opens. */
const REST_MILLISECONDS = 220;

/** The entity that the pointer rests on; its element carries `data-hovered`, which the card is anchored to. */
export function useHovered(root: RefObject<HTMLElement | null>): string | null {
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    const page = root.current;
    if (page === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let marked: HTMLElement | null = null;

    function leave(): void {
      clearTimeout(timer);
      if (marked !== null) delete marked.dataset.hovered;
      marked = null;
      setId(null);
    }
    function onOver(event: PointerEvent): void {
      const mark =
        event.target instanceof Element ? event.target.closest<HTMLElement>("[data-entity-id]") : null;
      if (mark === marked && mark !== null) return;
      leave();
      if (mark === null || event.pointerType === "touch" || event.buttons !== 0) return;
      timer = setTimeout(() => {
        marked = mark;
        mark.dataset.hovered = "";
        setId(mark.dataset.entityId ?? null);
      }, REST_MILLISECONDS);
    }
    page.addEventListener("pointerover", onOver);
    page.addEventListener("pointerleave", leave);
    page.addEventListener("pointerdown", leave);
    return () => {
      leave();
      page.removeEventListener("pointerover", onOver);
      page.removeEventListener("pointerleave", leave);
      page.removeEventListener("pointerdown", leave);
    };
  }, [root]);
  return id;
}
