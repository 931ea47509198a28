import type { DocumentView, ReviewAction } from "#contract/records.ts";
import { type Change, freeEntityId } from "#core/entity/corrections.ts";
import { toChange } from "#core/entity/review.ts";
import { NotegrainError } from "#core/errors.ts";
import { documentView } from "./documentView.ts";
import type { AppContext, Handlers } from "./handlers.ts";

/** What people make of what the model found. The model's own words are never overwritten. */
export function reviewHandlers({
  store,
  events,
}: AppContext): Pick<Handlers, "documents.get" | "review.apply" | "review.undo" | "review.redo"> {
  function runOf(documentId: string): number {
    const run = store.latestRun(documentId);
    if (!run) throw new NotegrainError("NG-NOT-READ", {});
    return run.runId;
  }

  function changesOf(runId: number, actions: readonly ReviewAction[]): readonly Change[] {
    const { entities, sections } = store.extraction(runId, { corrected: false });
    const log = store.history(runId).map(({ entry }) => entry);
    const changes: Change[] = [];
    for (const action of actions) {
      const added = action.kind === "add" ? freeEntityId(entities, [...log, { kind: "step", changes }]) : "";
      changes.push(toChange(action, sections, added));
    }
    return changes;
  }

  function answer(documentId: string): DocumentView {
    const view = documentView(store, documentId);
    events.emit("document", { documentId, caseId: view.caseId });
    events.emit("cases", {});
    return view;
  }

  return {
    "documents.get": ({ documentId }) => documentView(store, documentId),
    "review.apply": ({ documentId, actions }) => {
      const runId = runOf(documentId);
      store.correct(runId, changesOf(runId, actions));
      return answer(documentId);
    },
    "review.undo": ({ documentId }) => {
      store.undo(runOf(documentId));
      return answer(documentId);
    },
    "review.redo": ({ documentId }) => {
      store.redo(runOf(documentId));
      return answer(documentId);
    },
  };
}
