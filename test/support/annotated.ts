import type { Language } from "../../src/core/document/noteDocument.ts";
import type { Entity } from "../../src/core/entity/entity.ts";
import { findSections } from "../../src/core/segment/sections.ts";
import { splitSentences } from "../../src/core/segment/sentences.ts";

/**
 * A note with its entities marked in it, for tests that a clinician can read: "denies [fever] on
 * [aspirin|Medication]". A mark without a type is a Sign_symptom.
 */
export function annotated(marked: string, language: Language = "en") {
  const entities: Entity[] = [];
  let text = "";
  let from = 0;
  for (const match of marked.matchAll(/\[([^[\]|]+)(?:\|(\w+))?\]/g)) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    const [, words = "", type = "Sign_symptom"] = match;
    entities.push({
      id: `e${entities.length + 1}`,
      type,
      text: words,
      start: text.length,
      end: text.length + words.length,
      fragments: null,
      confidence: 0.9,
      section: null,
      assertion: null,
      attributes: [],
      selector: null,
      status: "proposed",
    });
    text += words;
  }
  text += marked.slice(from);
  return {
    text,
    language,
    entities,
    sections: findSections(text, language),
    sentences: splitSentences(text, language),
  };
}
