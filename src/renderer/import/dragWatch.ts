/** Knows from the events of a drag whether it is over the window. */
export type DragWatch = {
  enter(target: EventTarget | null): void;
  leave(target: EventTarget | null): void;
  /** It was let go, or is known to be over. */
  end(): void;
};

/**
 * A watch that tells `onChange` when a drag comes over the window and when it has left. The next element is
 * entered before the last one is left, so the drag has left only when it leaves what it entered last; counting
 * would go wrong, since an element that is redrawn under the drag is never left.
 */
export function createDragWatch(onChange: (over: boolean) => void): DragWatch {
  let entered: EventTarget | null = null;
  function set(target: EventTarget | null): void {
    const wasOver = entered !== null;
    entered = target;
    if (wasOver !== (target !== null)) onChange(target !== null);
  }
  return {
    enter: set,
    leave(target) {
      if (target === entered) set(null);
    },
    end: () => set(null),
  };
}
