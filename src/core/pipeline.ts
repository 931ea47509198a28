import { assertAll } from "./assertion/assertAll.ts";
import { decodeWindow, type Strategy } from "./decode/decodeWindow.ts";
import type { NoteDocument } from "./document/noteDocument.ts";
import { bareView, type Piece, splitPieces } from "./document/pieces.ts";
import type { Span } from "./document/span.ts";
import type { Entity, Mention } from "./entity/entity.ts";
import type { Extraction, OutputFormat, Paradigm, Section } from "./entity/extraction.ts";
import { mergeMentions } from "./entity/merge.ts";
import type { OwnType } from "./entity/ownTypes.ts";
import { linkAll } from "./link/linkAll.ts";
import type { CancelSignal, InferencePort } from "./ports.ts";
import { preparePrompt } from "./prompt/preparePrompt.ts";
import { findSections } from "./segment/sections.ts";
import { splitSentences } from "./segment/sentences.ts";
import { cutRanks, packWindows, type Window } from "./segment/windows.ts";

/** What is asked of a model, apart from the note: equal settings and model give equal entities. */
export type ExtractSettings = {
  /** Names of the wanted types. */
  readonly types: readonly string[];
  /** Those among them that a user added. */
  readonly ownTypes?: readonly OwnType[];
  readonly paradigm: Paradigm;
  readonly outputFormat: OutputFormat;
  /** `plain` decodes token by token; the result is the same. */
  readonly strategy?: Strategy;
};

export type ExtractRequest = ExtractSettings & {
  readonly document: NoteDocument;
  /** ISO 8601: the date of the run, which FHIR needs. */
  readonly date: string;
  /** SHA-256 (hex) of a string in UTF-8. */
  readonly hash: (text: string) => string;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  readonly signal?: CancelSignal;
  /**
   * Called after each window with the share of the text read. `entities()` works out everything found so far:
   * ask for it as often as it will be shown, not at every call.
   */
  readonly onProgress?: (progress: { readonly read: number; entities(): readonly Entity[] }) => void;
};

/** The text with what the steps know of it before a model reads it. */
type Segmented = {
  readonly document: NoteDocument;
  readonly sections: readonly Section[];
  readonly sentences: readonly Span[];
  readonly pieces: readonly Piece[];
};

/** How many sentences before a window a model reads again as context. */
const CONTEXT_SENTENCES = 1;

/**
 * The one place that knows the order of the steps: document → segment → prompt → decode → ground → entity →
 * assertion → link. Windows are read by as many sequences as the model offers.
 * @throws NG-TYPES, NG-MODEL-UNFIT, NG-CONTEXT, NG-CANCELLED
 */
export async function extract(port: InferencePort, request: ExtractRequest): Promise<Extraction> {
  const began = request.now();
  const segmented = segment(request.document);
  const prompt = preparePrompt(port, { ...request, language: request.document.language });
  const tokens = segmented.pieces.map((piece) => prompt.tokensOf(piece.view));
  const windows = packWindows(
    tokens.map((own) => own.length),
    pieceRanges(segmented),
    { limit: prompt.windowTokens, overlap: CONTEXT_SENTENCES, cutRank: cutRanks(segmented.pieces) },
  );

  const borders = new Set(windows.map((window) => segmented.pieces[window.ownFrom]?.start ?? 0));
  const mentions: Mention[] = [];
  let piecesRead = 0;
  let evaluatedTokens = 0;
  await readWindows(port, windows, async (sequence, window) => {
    const source = tokens.slice(window.from, window.to);
    const first = segmented.pieces[window.from];
    if (first) source[0] = prompt.tokensOf(bareView(first));
    const result = await decodeWindow({
      ...prompt.decoding,
      sequence,
      contextTokens: port.facts.contextTokens,
      prefix: prompt.prefix(source),
      source,
      strategy: request.strategy ?? "parallel",
      ...(request.signal ? { signal: request.signal } : {}),
    });
    mentions.push(...grounded(segmented, window, result.mentions));
    piecesRead += window.ownTo - window.ownFrom;
    evaluatedTokens += result.statistics.evaluatedTokens;
    request.onProgress?.({
      read: piecesRead / segmented.pieces.length,
      entities: () => understand(segmented, mentions, borders),
    });
  });

  const seconds = (request.now() - began) / 1000;
  return {
    document: request.document,
    run: {
      model: port.facts.name,
      modelSha256: port.facts.sha256,
      adapterSha256: port.facts.adapterSha256,
      paradigm: request.paradigm,
      outputFormat: request.outputFormat,
      promptSha256: request.hash(prompt.identity),
      bank: null,
      types: request.types,
      seconds,
      tokensPerSecond: seconds > 0 ? Math.round(evaluatedTokens / seconds) : 0,
    },
    coverage: segmented.pieces.length === 0 ? 1 : piecesRead / segmented.pieces.length,
    sections: segmented.sections,
    entities: understand(segmented, mentions, borders),
    date: request.date,
  };
}

/** What `run.promptSha256` will be, without reading a note: lets a finished run be recognised. */
export function promptIdentity(port: InferencePort, settings: ExtractSettings): string {
  return preparePrompt(port, settings).identity;
}

function segment(document: NoteDocument): Segmented {
  const { text, language } = document;
  return {
    document,
    sections: findSections(text, language),
    sentences: splitSentences(text, language),
    pieces: splitPieces(text),
  };
}

/** Sentences as half-open ranges of piece indexes; sentences never cut a piece. */
function pieceRanges({ pieces, sentences }: Segmented): { from: number; to: number }[] {
  let at = 0;
  return sentences.map((sentence) => {
    const from = at;
    while ((pieces[at]?.start ?? Number.POSITIVE_INFINITY) < sentence.end) at += 1;
    return { from, to: at };
  });
}

/** Hands the windows out, in order, to as many sequences as work at the same time. */
async function readWindows(
  port: InferencePort,
  windows: readonly Window[],
  read: (sequence: Awaited<ReturnType<InferencePort["openSequence"]>>, window: Window) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    const sequence = await port.openSequence();
    try {
      for (let window = windows[next++]; window; window = windows[next++]) await read(sequence, window);
    } catch (error) {
      next = windows.length; // the other readers stop after the window in hand
      throw error;
    } finally {
      await sequence.dispose();
    }
  };
  const readers = Math.min(port.parallelism, windows.length);
  const outcomes = await Promise.allSettled(Array.from({ length: readers }, work));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

/** Mentions over pieces of a window as spans of the note; only those that begin in the window's own part. */
function grounded(
  { pieces }: Segmented,
  window: Window,
  found: readonly { type: string; startPiece: number; endPiece: number; confidence: number }[],
): Mention[] {
  return found.flatMap(({ type, startPiece, endPiece, confidence }) => {
    const first = window.from + startPiece;
    const start = pieces[first]?.start;
    const end = pieces[window.from + endPiece - 1]?.end;
    if (start === undefined || end === undefined || first < window.ownFrom || first >= window.ownTo)
      return [];
    return [{ type, start, end, confidence }];
  });
}

/** Merged mentions with sections, assertions and links. */
function understand(
  { document, sections, sentences }: Segmented,
  mentions: readonly Mention[],
  borders: ReadonlySet<number>,
): Entity[] {
  const { text, language } = document;
  let at = 0;
  const sectionOf = (start: number): string | null => {
    while (at < sections.length - 1 && (sections[at]?.end ?? 0) <= start) at += 1;
    return sections[at]?.category ?? null;
  };
  const entities = mergeMentions(mentions, borders).map(
    (mention, index): Entity => ({
      id: `e${index + 1}`,
      type: mention.type,
      text: text.slice(mention.start, mention.end),
      start: mention.start,
      end: mention.end,
      fragments: null,
      confidence: Math.round(mention.confidence * 10_000) / 10_000,
      section: sectionOf(mention.start),
      assertion: null,
      attributes: [],
      selector: null,
      status: "proposed",
    }),
  );
  const asserted = assertAll({ text, language, sections, sentences, entities });
  return linkAll({ text, language, sentences, entities: asserted });
}
