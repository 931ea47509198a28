import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { DocumentView } from "#contract/records.ts";
import type { ReviewAction } from "#core/entity/review.ts";
import { type PlainError, toPlainError } from "#core/errors.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useClient, useEvent } from "../state/client.tsx";
import { emptyNote, type NoteState, reduceNote, storedIds, withStoredIds } from "./noteState.ts";

/** The open note, and what can be done to what stands in the store about it. */
export type NoteHandle = {
  readonly state: NoteState;
  /** Why the note could not be opened. */
  readonly error: PlainError | null;
  /** Shows the decisions at once and stores them, in order, as one step. */
  decide(actions: readonly ReviewAction[]): void;
  undo(): void;
  redo(): void;
};

/** Events about our own steps come within this many milliseconds; they ask for nothing new. */
const ECHO_MILLISECONDS = 1000;

/** Opens a note and keeps it current: while a model reads it, and when another window changes it. */
export function useNote(documentId: string): NoteHandle {
  const client = useClient();
  const { showError } = useNotices();
  const [state, send] = useReducer(reduceNote, emptyNote);
  const [error, setError] = useState<PlainError | null>(null);
  const line = useRef<Promise<void>>(Promise.resolve());
  const steps = useRef(0);
  /** The store's ids of what was added, for steps that were made before they were known. */
  const ids = useRef(new Map<string, string>());
  const echoes = useRef({ expected: 0, until: 0 });

  const load = useCallback(() => {
    client.call("documents.get", { documentId }).then(
      (view) => {
        setError(null);
        send({ kind: "stored", view });
      },
      (thrown: unknown) => setError(toPlainError(thrown)),
    );
  }, [client, documentId]);

  useEffect(() => {
    send({ kind: "opened" });
    load();
  }, [load]);

  useEvent("document", (payload) => {
    if (payload.documentId !== documentId) return;
    const own = echoes.current;
    if (own.expected > 0 && performance.now() < own.until) own.expected -= 1;
    else load();
  });
  useEvent("entities", (payload) => {
    if (payload.documentId === documentId)
      send({ kind: "found", entities: payload.entities, progress: payload.progress });
  });

  /** One call after the other, so that the answers come in the order of the steps. */
  const store = useCallback(
    (ask: () => Promise<DocumentView>, step?: number) => {
      line.current = line.current.then(async () => {
        echoes.current.expected += 1;
        echoes.current.until = performance.now() + ECHO_MILLISECONDS;
        try {
          send({ kind: "stored", view: await ask(), step });
        } catch (thrown) {
          echoes.current.expected = 0;
          if (step !== undefined) send({ kind: "refused", step });
          const plain = toPlainError(thrown);
          if (plain.code !== "NG-CANCELLED") showError(plain);
        }
      });
    },
    [showError],
  );

  const decide = useCallback(
    (actions: readonly ReviewAction[]) => {
      if (actions.length === 0) return;
      steps.current += 1;
      const key = steps.current;
      send({ kind: "decided", key, actions });
      store(async () => {
        const known = actions.map((action) => withStoredIds(action, ids.current));
        const view = await client.call("review.apply", { documentId, actions: known });
        for (const [foreseen, stored] of storedIds(view, key, actions)) ids.current.set(foreseen, stored);
        return view;
      }, key);
    },
    [client, store, documentId],
  );
  const undo = useCallback(
    () => store(() => client.call("review.undo", { documentId })),
    [client, store, documentId],
  );
  const redo = useCallback(
    () => store(() => client.call("review.redo", { documentId })),
    [client, store, documentId],
  );
  return { state, error, decide, undo, redo };
}
