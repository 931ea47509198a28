import type { Extraction } from "#core/entity/extraction.ts";
import type { RunPlan, StorePort } from "#core/storePort.ts";

/** Keeps a finished run and its note in the store; earlier runs of the note stay. */
export function keepRun(store: StorePort, extraction: Extraction, plan: RunPlan): void {
  const { documentId } = store.addDocument(extraction.document);
  store.finishRun(store.startRun(documentId, plan), extraction);
}
