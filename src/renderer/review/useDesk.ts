import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import type { NoteHandle } from "../note/useNote.ts";
import { type DeskCommand, type DeskSight, type DeskState, deskTurn, restingDesk } from "./desk.ts";

/** Where the review of the open note stands, and how to go on with it. */
export type DeskHandle = { readonly state: DeskState; dispatch(command: DeskCommand): void };

/** Plays commands on the open note. `dispatch` never changes, so that keys and pages need not be bound anew. */
export function useDesk(note: NoteHandle, sight: DeskSight): DeskHandle {
  const [state, setState] = useState(restingDesk);
  // Commands can come faster than the screen is drawn: the next one builds on the last, not on the last drawing.
  const latest = useRef({ state, sight, note });
  useLayoutEffect(() => {
    latest.current = { state: latest.current.state, sight, note };
  });
  const added = useRef<(Span & { readonly type: string }) | null>(null);

  const dispatch = useCallback((command: DeskCommand) => {
    const now = latest.current;
    const turn = deskTurn(now.state, command, now.sight);
    now.state = turn.state;
    setState(turn.state);
    now.note.decide(turn.actions);
    for (const action of turn.actions) if (action.kind === "add") added.current = action;
  }, []);

  useEffect(() => {
    const wanted = added.current;
    const found = wanted && sight.visible.find((entity) => isAddition(entity, wanted));
    if (!found) return;
    if (!found.id.startsWith("new-")) added.current = null;
    dispatch({ kind: "focus", id: found.id });
  }, [sight.visible, dispatch]);

  return { state, dispatch };
}

function isAddition(entity: Entity, wanted: Span & { readonly type: string }): boolean {
  return (
    entity.status === "added" &&
    entity.start === wanted.start &&
    entity.end === wanted.end &&
    entity.type === wanted.type
  );
}
