import type { Span } from "#core/document/span.ts";

/** What the tokenizer of a BERT needs to know; `training/` writes it into the encoder's file. */
export type WordPieceFacts = {
  /** Pieces in the order of their ids. */
  readonly vocabulary: readonly string[];
  readonly lowercase: boolean;
  readonly stripAccents: boolean;
  /** Whether each Han character is a word of its own. */
  readonly splitHan: boolean;
  /** Stands before a piece that goes on a word. */
  readonly continuation: string;
  readonly unknown: string;
  readonly first: string;
  readonly last: string;
  /** Characters; a longer word is unknown. */
  readonly longestWord: number;
};

/** A piece and the text it stands for, in UTF-16 units. */
export type WordPieceToken = Span & { readonly id: number };

export type WordPiece = {
  /** Ids of what stands before and after the pieces of every text. */
  readonly first: number;
  readonly last: number;
  /** The pieces of a text, in order, without first and last. */
  tokenize(text: string): readonly WordPieceToken[];
};

/** A character after normalisation, and where it comes from. */
type Normal = Span & { readonly character: string };

const CONTROL = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{FFFD}]$/u;
const SPACE = /^\p{White_Space}$/u;
const PUNCTUATION = /^[\p{P}$+<=>^`|~]$/u;
/** The blocks that BERT calls Chinese. */
const HAN =
  /^[\u{4E00}-\u{9FFF}\u{3400}-\u{4DBF}\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{F900}-\u{FAFF}\u{2F800}-\u{2FA1F}]$/u;
const MARKS = /\p{Mn}/gu;

/**
 * The tokenizer of BERT (Devlin et al. 2019, section 3), as the Hugging Face library does it, with the place of
 * each piece in the text as given.
 * @throws RangeError where a special token is not in the vocabulary
 */
export function createWordPiece(facts: WordPieceFacts): WordPiece {
  const ids = new Map(facts.vocabulary.map((piece, id) => [piece, id]));
  const idOf = (piece: string): number => {
    const id = ids.get(piece);
    if (id === undefined) throw new RangeError("a special token is missing");
    return id;
  };
  const unknown = idOf(facts.unknown);
  return {
    first: idOf(facts.first),
    last: idOf(facts.last),
    tokenize: (text) => wordsOf(text, facts).flatMap((word) => piecesOf(word, ids, unknown, facts)),
  };
}

/** Words without white space and control characters; each punctuation mark is a word. */
function wordsOf(text: string, facts: WordPieceFacts): readonly (readonly Normal[])[] {
  const words: Normal[][] = [];
  let word: Normal[] = [];
  const endWord = () => {
    if (word.length > 0) words.push(word);
    word = [];
  };
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const ascii = character < "\u{80}";
    if (character === "\t" || character === "\n" || character === "\r" || character === " ") endWord();
    else if (CONTROL.test(character)) {
      // Dropped without a trace: the word goes on behind it.
    } else if (!ascii && SPACE.test(character)) endWord();
    else if (facts.splitHan && !ascii && HAN.test(character)) {
      endWord();
      words.push([{ character, start, end }]);
    } else {
      for (const normal of normalise(character, facts)) {
        if (PUNCTUATION.test(normal)) {
          endWord();
          words.push([{ character: normal, start, end }]);
        } else word.push({ character: normal, start, end });
      }
    }
    start = end;
  }
  endWord();
  return words;
}

function normalise(character: string, { lowercase, stripAccents }: WordPieceFacts): string {
  const bare = stripAccents ? character.normalize("NFD").replace(MARKS, "") : character;
  return lowercase ? Array.from(bare, (one) => one.toLowerCase()).join("") : bare;
}

/** The longest piece that fits, again and again; the whole word is unknown where at some place none does. */
function piecesOf(
  word: readonly Normal[],
  ids: ReadonlyMap<string, number>,
  unknown: number,
  { continuation, longestWord }: WordPieceFacts,
): readonly WordPieceToken[] {
  const spanOf = (from: number, to: number): Span => ({
    start: (word[from] as Normal).start,
    end: (word[to - 1] as Normal).end,
  });
  const asUnknown = [{ id: unknown, ...spanOf(0, word.length) }];
  if (word.length > longestWord) return asUnknown;
  const tokens: WordPieceToken[] = [];
  let from = 0;
  while (from < word.length) {
    let to = word.length;
    let id: number | undefined;
    for (; to > from; to--) {
      const letters = word.slice(from, to).map((normal) => normal.character);
      id = ids.get((from > 0 ? continuation : "") + letters.join(""));
      if (id !== undefined) break;
    }
    if (id === undefined) return asUnknown;
    tokens.push({ id, ...spanOf(from, to) });
    from = to;
  }
  return tokens;
}
