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
  /** A correction was asked for while there is nothing that it could be about. */
  notReady(): void;
}): void {
  const { state, ready, dispatch } = options;
  const { kind } = state.mode;
  const selecting = kind === "select";
  const whenReady = (handler: () => void) => (ready ? handler : options.notReady);
  const edge = (edge: Edge, direction: -1 | 1, unit: Unit) =>
    whenReady(() => dispatch({ kind: "edge", edge, direction, unit }));
  const word = (direction: -1 | 1) =>
    selecting ? () => dispatch({ kind: "word", direction, extend: false, unit: "word" }) : undefined;

  useKeys(noteKeys, {
    "note.next": () => dispatch({ kind: "next" }),
    "note.previous": () => dispatch({ kind: "previous" }),
    "note.leastCertain": () => dispatch({ kind: "leastCertain" }),
    "note.details": () => (kind === "link" || selecting ? dispatch({ kind: "confirm" }) : options.details()),
  });
  useKeys(keys, {
    "review.accept": whenReady(() => dispatch({ kind: "accept" })),
    "review.reject": whenReady(() => dispatch({ kind: "reject" })),
    "review.retype": whenReady(() => dispatch({ kind: "retype" })),
    "review.link": whenReady(() => dispatch({ kind: "link" })),
    "review.add": whenReady(options.add),
    "review.acceptAbove": whenReady(options.acceptAbove),
    "review.undo": whenReady(options.undo),
    "review.redo": whenReady(options.redo),
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
