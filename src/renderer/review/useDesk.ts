import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import { isForeseen } from "../note/noteState.ts";
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
  const added = useRef<Addition | null>(null);

  const dispatch = useCallback((command: DeskCommand) => {
    const now = latest.current;
    const turn = deskTurn(now.state, command, now.sight);
    now.state = turn.state;
    setState(turn.state);
    now.note.decide(turn.actions);
    for (const action of turn.actions)
      if (action.kind === "add") added.current = { ...action, focused: null };
  }, []);

  useEffect(() => {
    const wanted = added.current;
    const found = wanted && sight.visible.find((entity) => isAddition(entity, wanted));
    if (!found || found.id === wanted.focused) return;
    // The store gives it another id than the screen did; whoever has gone on since is left where they are.
    const wentOn = wanted.focused !== null && latest.current.state.current !== wanted.focused;
    added.current = isForeseen(found.id) ? { ...wanted, focused: found.id } : null;
    if (!wentOn) dispatch({ kind: "focus", id: found.id });
  }, [sight.visible, dispatch]);

  return { state, dispatch };
}

/** An entity that was just added, and the id under which it has the focus. */
type Addition = Span & { readonly type: string; readonly focused: string | null };

function isAddition(entity: Entity, wanted: Addition): boolean {
  return (
    entity.status === "added" &&
    entity.start === wanted.start &&
    entity.end === wanted.end &&
    entity.type === wanted.type
  );
}
