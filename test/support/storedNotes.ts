import type { NoteDocument } from "#core/document/noteDocument.ts";
import type { Entity } from "#core/entity/entity.ts";
import type { Extraction } from "#core/entity/extraction.ts";
import type { RunPlan } from "#core/storePort.ts";

/** A note named `name`; its bytes are taken to be its name and text. */
export function noteOf(name: string, text: string): NoteDocument {
  return { id: `${name}#${text.length}`, name, text, sha256: `sha of ${text}`, language: "en" };
}

export const plan: RunPlan = {
  model: "fake",
  modelSha256: "model-hash",
  adapterSha256: null,
  paradigm: "tuned",
  outputFormat: "grounded",
  promptSha256: "prompt-hash",
  bank: null,
  types: ["Medication", "Sign_symptom"],
  settings: { language: "auto", selector: null },
};

/** The entity for the first place where `words` stand in `text`. */
export function entityOf(text: string, id: string, type: string, words: string): Entity {
  const start = text.indexOf(words);
  return {
    id,
    type,
    text: words,
    start,
    end: start + words.length,
    fragments: null,
    confidence: 0.9,
    section: "medications",
    assertion: {
      polarity: "affirmed",
      certainty: "certain",
      experiencer: "patient",
      temporality: "current",
      rule: null,
    },
    attributes: [],
    selector: null,
    status: "proposed",
  };
}

/** What a run over `document` by `plan` gave. */
export function extractionOf(document: NoteDocument, entities: readonly Entity[]): Extraction {
  const { settings: _, ...info } = plan;
  return {
    document,
    run: { ...info, seconds: 1.5, tokensPerSecond: 800 },
    coverage: 1,
    sections: [{ category: "medications", title: { start: 0, end: 4 }, start: 0, end: document.text.length }],
    entities,
    date: "2026-03-01T08:00:00.000Z",
  };
}
