import type { Strategy } from "./decode/decodeWindow.ts";
import type { NoteDocument } from "./document/noteDocument.ts";
import { compareSpans, type Span } from "./document/span.ts";
import type { Entity, Mention } from "./entity/entity.ts";
import type { Extraction, OutputFormat, Paradigm } from "./entity/extraction.ts";
import type { OwnType } from "./entity/ownTypes.ts";
import type { Reply } from "./entity/reply.ts";
import { exampleSelector } from "./examples/selectExamples.ts";
import { tidyMention } from "./ground/tidyMention.ts";
import type { CancelSignal, FewShotSettings, InferencePort } from "./ports.ts";
import { everySequence } from "./read/everySequence.ts";
import { type Judge, judge } from "./read/judge.ts";
import { type Judging, judgeEntities, selectorRun } from "./read/judgeEntities.ts";
import type { WindowReading } from "./read/reader.ts";
import { windowReader } from "./read/windowReader.ts";
import { quietStarts } from "./segment/quietTitles.ts";
import { cutRanks, packWindows, type Window } from "./segment/windows.ts";
import { pieceRanges, type Segmented, segment } from "./segmented.ts";
import { locate, understand } from "./understand.ts";

/** What is asked of a model, apart from the note: equal settings and model give equal entities. */
export type ExtractSettings = {
  /** Names of the wanted types. */
  readonly types: readonly string[];
  /** Those among them that a user added. */
  readonly ownTypes?: readonly OwnType[];
  readonly paradigm: Paradigm;
  readonly outputFormat: OutputFormat;
  /** The examples of the paradigm few; absent in the others. */
  readonly fewShot?: FewShotSettings | undefined;
  /** Added to the model's bias on opening a tag: above 0 more is found, below 0 less; default 0. See `recallLevels`. */
  readonly recall?: number | undefined;
  /** A second model that judges what the first one found; absent where none does. */
  readonly judging?: Judging | undefined;
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

/** How many sentences before a window a model reads again as context. */
const CONTEXT_SENTENCES = 1;

/**
 * Counted up when rules of this program, such as those of titles and borders, change what comes of the same answers
 * of a model: a run made before is then not taken for the same.
 */
const RULES = 2;

/**
 * The one place that knows the order of the steps: document → segment → prompt → decode → ground → entity →
 * assertion → link. Windows are read by as many sequences as the model offers.
 * @throws NG-TYPES, NG-MODEL-UNFIT, NG-CONTEXT, NG-CANCELLED; NG-BANK and NG-EMBEDDER where examples cannot be shown
 */
export async function extract(port: InferencePort, request: ExtractRequest): Promise<Extraction> {
  const began = request.now();
  const segmented = segment(request.document);
  const sentences = pieceRanges(segmented);
  const asked = { ...request, language: request.document.language };
  const reader = windowReader(port, asked);
  const selector = request.judging && judge(request.judging.port, asked);
  const windows = packWindows(
    segmented.pieces.map((piece) => reader.tokensOf(piece.view).length),
    sentences,
    {
      limit: reader.windowTokens,
      sentences: port.facts.profile?.windowSentences ?? undefined,
      overlap: CONTEXT_SENTENCES,
      cutRank: cutRanks(segmented.pieces),
    },
  );

  const { document, fewShot } = request;
  const { room } = reader;
  const textOf = ({ start, end }: Span) => document.text.slice(start, end);
  const ownText = ({ ownFrom, ownTo }: Window) =>
    textOf({ start: segmented.pieces[ownFrom]?.start ?? 0, end: segmented.pieces[ownTo - 1]?.end ?? 0 });
  const examples =
    room && fewShot
      ? exampleSelector(fewShot, document, segmented.sentences.map(textOf), request, room)
      : null;
  const forAllWindows = room?.perWindow === false ? await examples?.choose(windows.map(ownText)) : undefined;

  const borders = new Set(windows.map((window) => segmented.pieces[window.ownFrom]?.start ?? 0));
  const barred = quietStarts(request.document.text, request.document.language, segmented.pieces);
  const mentions: Mention[] = [];
  const replies: Reply[] = [];
  let piecesRead = 0;
  let evaluatedTokens = 0;
  await everySequence(port, windows, async (sequence, window) => {
    const reading = await reader.read({
      sequence,
      text: request.document.text,
      pieces: segmented.pieces.slice(window.from, window.to),
      barred,
      examples: forAllWindows ?? (await examples?.choose([ownText(window)])) ?? [],
      ...(request.signal ? { signal: request.signal } : {}),
    });
    const own = ownPart(segmented, window, reading);
    mentions.push(...own.mentions.map((mention) => tidyMention(request.document.text, mention)));
    piecesRead += own.piecesRead;
    evaluatedTokens += reading.evaluatedTokens;
    if (reading.reply) replies.push(reading.reply);
    request.onProgress?.({
      read: piecesRead / segmented.pieces.length,
      entities: () => understand(segmented, locate(segmented, mentions, borders)),
    });
  });
  let located = locate(segmented, mentions, borders);
  if (selector && request.judging) {
    const judged = await judgeEntities(selector, request.judging.rule, {
      pieces: segmented.pieces,
      sentences,
      entities: located,
      ...(request.signal && { signal: request.signal }),
    });
    located = judged.entities;
    evaluatedTokens += judged.evaluatedTokens;
  }

  const seconds = (request.now() - began) / 1000;
  return {
    document: request.document,
    run: {
      model: port.facts.name,
      modelSha256: port.facts.sha256,
      adapterSha256: port.facts.adapterSha256,
      paradigm: request.paradigm,
      outputFormat: request.outputFormat,
      promptSha256: request.hash(identityOf(reader, selector)),
      bank: examples ? (fewShot?.bank.name ?? null) : null,
      types: request.types,
      ...(request.judging && { selector: selectorRun(request.judging) }),
      seconds,
      tokensPerSecond: seconds > 0 ? Math.round(evaluatedTokens / seconds) : 0,
    },
    coverage: segmented.pieces.length === 0 ? 1 : piecesRead / segmented.pieces.length,
    sections: segmented.sections,
    entities: understand(segmented, located),
    ...(examples && { examples: examples.shown() }),
    ...(replies.length > 0 && { replies: replies.sort(compareSpans) }),
    date: request.date,
  };
}

/** What `run.promptSha256` will be, without reading a note: lets a finished run be recognised. */
export function promptIdentity(port: InferencePort, settings: ExtractSettings): string {
  const selector = settings.judging && judge(settings.judging.port, settings);
  return identityOf(windowReader(port, settings), selector);
}

function identityOf(reader: { readonly identity: string }, selector: Judge | undefined): string {
  return JSON.stringify([RULES, reader.identity, ...(selector ? [selector.identity] : [])]);
}

/** What of a reading is the window's own: mentions that begin there, and how many of its pieces were read. */
function ownPart(
  { pieces }: Segmented,
  { ownFrom, ownTo }: Window,
  { mentions, readTo }: WindowReading,
): { mentions: Mention[]; piecesRead: number } {
  const from = pieces[ownFrom]?.start ?? 0;
  const to = pieces[ownTo]?.start ?? Number.POSITIVE_INFINITY;
  return {
    mentions: mentions.filter(({ start }) => start >= from && start < to),
    piecesRead: pieces.slice(ownFrom, ownTo).filter(({ end }) => end <= readTo).length,
  };
}
