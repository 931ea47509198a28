import { compareSpans, type Span } from "../../src/core/document/span.ts";
import type { Entity } from "../../src/core/entity/entity.ts";
import type { Extraction } from "../../src/core/entity/extraction.ts";

/** A text without its marks, and the spans that they enclosed, in document order. */
export type Planted = {
  readonly text: string;
  readonly mentions: readonly (Span & { readonly type: string })[];
};

/**
 * Reads spans planted by hand: "⟦chest pain|Sign_symptom⟧", nested ones too. The answers of tests about offsets are
 * written this way, by a person and not by the code under test.
 */
export function plant(marked: string): Planted {
  let text = "";
  const open: number[] = [];
  const mentions: (Span & { type: string })[] = [];
  for (const part of marked.split(/(⟦|\|[^|⟧]+⟧)/)) {
    if (part === "⟦") open.push(text.length);
    else if (part.startsWith("|") && part.endsWith("⟧")) {
      const start = open.pop();
      if (start === undefined) throw new Error(`nothing is open before ${part}`);
      mentions.push({ start, end: text.length, type: part.slice(1, -1) });
    } else text += part;
  }
  if (open.length > 0) throw new Error("a mark is not closed");
  return { text, mentions: mentions.sort(compareSpans) };
}

/** A plain proposed entity, of which nothing more is known. */
export const entityDefaults = {
  type: "Sign_symptom",
  fragments: null,
  confidence: 0.9,
  section: null,
  assertion: null,
  attributes: [],
  selector: null,
  status: "proposed",
} as const satisfies Partial<Entity>;

/** A person's or a model's word on one planted entity: what differs from a plain proposed one. */
export type Details = Partial<Omit<Entity, "id" | "start" | "end" | "text" | "type">>;

/**
 * An extraction of a planted text. Entities are e1, e2, … in document order; `details` names them by id.
 */
export function plantExtraction(
  marked: string,
  details: Readonly<Record<string, Details>> = {},
  extraction: Partial<Extraction> = {},
): Extraction {
  const { text, mentions } = plant(marked);
  const entities = mentions.map((mention, index): Entity => {
    const id = `e${index + 1}`;
    return {
      ...entityDefaults,
      ...mention,
      id,
      text: text.slice(mention.start, mention.end),
      ...details[id],
    };
  });
  return {
    document: {
      id: "d1",
      name: "adm-17.txt",
      text,
      sha256: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      language: "en",
    },
    run: {
      model: "notegrain-compact",
      modelSha256: "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014",
      adapterSha256: null,
      paradigm: "tuned",
      outputFormat: "grounded",
      promptSha256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
      bank: null,
      types: [...new Set(mentions.map((mention) => mention.type))],
      seconds: 1.25,
      tokensPerSecond: 812,
    },
    coverage: 1,
    sections: [],
    entities,
    date: "2026-03-14T08:30:00Z",
    ...extraction,
  };
}
