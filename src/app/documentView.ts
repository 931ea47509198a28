import type { DocumentView, RunRow } from "#contract/records.ts";
import { readLog } from "#core/entity/corrections.ts";
import { findSections } from "#core/segment/sections.ts";
import type { StoredRun, StorePort } from "#core/storePort.ts";
import { documentRow } from "./caseRows.ts";

/** A note with everything that the reading desk shows of it. @throws NG-NOT-FOUND */
export function documentView(store: StorePort, documentId: string): DocumentView {
  const document = store.describeDocument(documentId);
  const finished = document.runs.filter((run) => run.state === "done");
  const latest = finished[0];
  const runs = finished.flatMap((run) => runRow(run) ?? []);
  if (!latest) {
    const { text, language } = store.getDocument(documentId);
    return {
      ...documentRow(document),
      text,
      sections: findSections(text, language),
      entities: [],
      run: null,
      earlierRuns: [],
      canUndo: false,
      canRedo: false,
    };
  }
  const { document: note, sections, entities } = store.extraction(latest.runId);
  const { done, undone } = readLog(store.history(latest.runId).map(({ entry }) => entry));
  return {
    ...documentRow(document),
    text: note.text,
    sections,
    entities,
    run: runs[0] ?? null,
    earlierRuns: runs.slice(1),
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
  };
}

function runRow({ runId, plan, result }: StoredRun): RunRow | null {
  if (!result) return null;
  const { settings: _, ...info } = plan;
  const { seconds, tokensPerSecond, date, coverage } = result;
  return { id: runId, info: { ...info, seconds, tokensPerSecond }, date, coverage };
}
