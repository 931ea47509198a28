import { useKeys } from "../frame/keys/useKeys.ts";
import { keys as noteKeys } from "../note/keys.ts";
import type { Edge, Unit } from "./boundaries.ts";
import type { DeskCommand, DeskState } from "./desk.ts";
import { keys } from "./keys.ts";

/** Binds the keys of walking and correcting. `ready` is false while a model reads: what is found then may still change. */
export function useDeskKeys(options: {
  readonly state: DeskState;
  readonly ready: boolean;
  dispatch(command: DeskCommand): void;
  undo(): void;
  redo(): void;
  /** Space was pressed: takes what is selected in the note. */
  add(): void;
  acceptAbove(): void;
  details(): void;
}): void {
  const { state, ready, dispatch } = options;
  const { kind } = state.mode;
  const selecting = kind === "select";
  const when = <Handler>(on: boolean, handler: Handler): Handler | undefined => (on ? handler : undefined);
  const edge = (edge: Edge, direction: -1 | 1, unit: Unit) =>
    when(ready, () => dispatch({ kind: "edge", edge, direction, unit }));
  const word = (direction: -1 | 1) =>
    when(selecting, () => dispatch({ kind: "word", direction, extend: false, unit: "word" }));

  useKeys(noteKeys, {
    "note.next": () => dispatch({ kind: "next" }),
    "note.previous": () => dispatch({ kind: "previous" }),
    "note.leastCertain": () => dispatch({ kind: "leastCertain" }),
    "note.details": () => (kind === "link" || selecting ? dispatch({ kind: "confirm" }) : options.details()),
  });
  useKeys(keys, {
    "review.accept": when(ready, () => dispatch({ kind: "accept" })),
    "review.reject": when(ready, () => dispatch({ kind: "reject" })),
    "review.retype": when(ready, () => dispatch({ kind: "retype" })),
    "review.link": when(ready, () => dispatch({ kind: "link" })),
    "review.add": when(ready, options.add),
    "review.acceptAbove": when(ready, options.acceptAbove),
    "review.undo": when(ready, options.undo),
    "review.redo": when(ready, options.redo),
    "review.startBack": edge("start", -1, "word"),
    "review.startOn": edge("start", 1, "word"),
    "review.endBack": edge("end", -1, "word"),
    "review.endOn": edge("end", 1, "word"),
    "review.startBackCharacter": edge("start", -1, "character"),
    "review.startOnCharacter": edge("start", 1, "character"),
    "review.endBackCharacter": edge("end", -1, "character"),
    "review.endOnCharacter": edge("end", 1, "character"),
    "review.wordBack": word(-1),
    "review.wordOn": word(1),
  });
}
