import { indexCodePoints } from "../document/codePoints.ts";
import type { Span } from "../document/span.ts";
import type { Assertion, Attribute, Entity, SelectorVerdict } from "../entity/entity.ts";
import type { ShownExamples } from "../entity/example.ts";
import type { Extraction, RunInfo } from "../entity/extraction.ts";
import { type ReplySummary, summariseReplies } from "../entity/reply.ts";
import type { SelectorRun } from "../entity/selector.ts";

export type JsonEntity = {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  /** Half-open UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** The same span in Unicode code points. */
  readonly startCodePoint: number;
  readonly endCodePoint: number;
  /** UTF-16 spans of the parts of a discontinuous entity. */
  readonly fragments: readonly (readonly [number, number])[] | null;
  readonly confidence: number | null;
  readonly section: string | null;
  readonly assertion: Assertion | null;
  readonly attributes: readonly Attribute[];
  readonly selector: SelectorVerdict | null;
  readonly status: Entity["status"];
};

/** The JSON form of one extraction, schema `notegrain/extraction@1`. Keys stand in this order. */
export type JsonExtraction = {
  readonly schema: "notegrain/extraction@1";
  readonly document: {
    readonly id: string;
    readonly name: string;
    readonly sha256: string;
    readonly language: string;
    readonly utf16Length: number;
    readonly codePointLength: number;
    readonly coverage: number;
    readonly text?: string;
  };
  /** `replies` tells how a run's free replies were; a run whose output was grounded has none. */
  readonly run: RunInfo & { readonly replies?: ReplySummary };
  /** Ids and likeness of the examples that the model was shown; absent where the paradigm shows none. */
  readonly examples?: ShownExamples;
  readonly entities: readonly JsonEntity[];
};

export type JsonOptions = {
  /** Put the text that the offsets refer to into `document.text`. */
  readonly withText?: boolean;
};

/** Everything known of the note, rejected and dropped entities included. The note's date is no part of it. */
export function toJson(extraction: Extraction, options: JsonOptions = {}): JsonExtraction {
  const { document, run } = extraction;
  const codePoints = indexCodePoints(document.text);
  return {
    schema: "notegrain/extraction@1",
    document: {
      id: document.id,
      name: document.name,
      sha256: document.sha256,
      language: document.language,
      utf16Length: document.text.length,
      codePointLength: codePoints.length,
      coverage: round(extraction.coverage, 4),
      ...(options.withText ? { text: document.text } : {}),
    },
    run: {
      model: run.model,
      modelSha256: run.modelSha256,
      adapterSha256: run.adapterSha256,
      paradigm: run.paradigm,
      outputFormat: run.outputFormat,
      promptSha256: run.promptSha256,
      bank: run.bank,
      types: run.types,
      ...(run.selector && { selector: selectorFacts(run.selector) }),
      seconds: round(run.seconds, 3),
      tokensPerSecond: round(run.tokensPerSecond, 1),
      ...(extraction.replies && { replies: summariseReplies(extraction.replies) }),
    },
    ...(extraction.examples && { examples: extraction.examples }),
    entities: extraction.entities.map((entity) => ({
      id: entity.id,
      type: entity.type,
      text: entity.text,
      start: entity.start,
      end: entity.end,
      startCodePoint: codePoints.fromUtf16(entity.start),
      endCodePoint: codePoints.fromUtf16(entity.end),
      fragments: entity.fragments?.map(pair) ?? null,
      confidence: entity.confidence === null ? null : round(entity.confidence, 4),
      section: entity.section,
      assertion: entity.assertion && orderedAssertion(entity.assertion),
      attributes: entity.attributes.map(({ role, entity: target }) => ({ role, entity: target })),
      selector: entity.selector && {
        probability: round(entity.selector.probability, 4),
        kept: entity.selector.kept,
      },
      status: entity.status,
    })),
  };
}

function selectorFacts({ sha256, threshold, below }: SelectorRun): SelectorRun {
  return { sha256, threshold, below };
}

// Rebuilt key by key: the same bytes whatever order a caller made the object in.
function orderedAssertion(assertion: Assertion): Assertion {
  const { polarity, certainty, experiencer, temporality, rule } = assertion;
  return { polarity, certainty, experiencer, temporality, rule };
}

function pair(span: Span): readonly [number, number] {
  return [span.start, span.end];
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
