import type { DocumentView } from "#contract/records.ts";
import type { Entity } from "#core/entity/entity.ts";

/** An entity over the first place of `words` in `text`, for tests. */
export function entityAt(text: string, id: string, words: string, more: Partial<Entity> = {}): Entity {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`the test's text does not hold ${words}`);
  return {
    id,
    type: "Sign_symptom",
    text: words,
    start,
    end: start + words.length,
    fragments: null,
    confidence: 0.9,
    section: null,
    assertion: null,
    attributes: [],
    selector: null,
    status: "proposed",
    ...more,
  };
}

/** A note as the backend answers with it, for tests. */
export function noteView(text: string, entities: readonly Entity[]): DocumentView {
  return {
    id: "d1",
    caseId: "c1",
    name: "adm-17.txt",
    language: "en",
    utf16Length: text.length,
    importedAt: "2026-03-01T08:00:00.000Z",
    status: "done",
    entities,
    error: null,
    text,
    sections: [],
    run: null,
    earlierRuns: [],
    canUndo: false,
    canRedo: false,
  };
}
