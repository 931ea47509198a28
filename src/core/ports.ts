import type { Span } from "./document/span.ts";
import type { OutputFormat } from "./entity/extraction.ts";
import type { VectorSearch } from "./examplePort.ts";

/** What an AbortSignal offers to code that knows no platform: has the work been called off? */
export type CancelSignal = { readonly aborted: boolean };

/** A number of the model's vocabulary. */
export type TokenId = number;

/**
 * Platt's map of an entity's confidence, fitted on gold by `training/`: sigmoid(slope × logit(confidence) + intercept).
 * A slope above 0 keeps the order of the entities.
 */
export type Calibration = {
  readonly slope: number;
  readonly intercept: number;
  /** Entities whose calibrated confidence is below this are left out; 0 for a model that leaves none out. */
  readonly least: number;
};

/** The tags of a model of the project's own, read from its GGUF metadata (`notegrain.*`). */
export type GroundedProfile = {
  readonly bos: TokenId;
  readonly sep: TokenId;
  readonly eos: TokenId;
  readonly close: TokenId;
  /** Opening token of each type the model knows, in the model's order. */
  readonly open: ReadonlyMap<string, TokenId>;
  /** Added to the logit of every opening token (the recall knob). */
  readonly openBias: number;
  /** Divides logits before a probability is read off; 1 where the model was not calibrated. */
  readonly temperature: number;
  /** Makes a share of right ones out of a confidence; null where nobody fitted it. */
  readonly calibration: Calibration | null;
  /** Source tokens that a window may hold. */
  readonly windowTokens: number;
  /** Sentences that a window may hold, where the model reads best with few; null for as many as fit. */
  readonly windowSentences: number | null;
  /**
   * Tokens of examples that it learned to read before a window (`source ‹sep› tagged source ‹eos›` each); 0 for a
   * model that takes none.
   */
  readonly exampleTokens: number;
  readonly maxDepth: number;
  /**
   * Opening tokens whose meaning each prompt says in words, for a model that learned to be told its types; `open`
   * is then empty. Absent where every opening token has its type.
   */
  readonly slots?: readonly TokenId[];
  /** Null where no counts came with the model. */
  readonly habits: HabitTables | null;
};

/** The counts behind `DraftHabits`, as log odds × 16. */
export type HabitTables = {
  /** By token: 1 + the index, in the model's order, of the type that mostly opens before it; 0 for none. */
  readonly open: Uint8Array;
  /** By token: how much more often than on average a tag closes before it. */
  readonly closeBefore: Int8Array;
  /** By type: how often a tag closes after one piece, two, and so on; the last stands for all longer ones. */
  readonly closeAfter: readonly (readonly number[])[];
};

/**
 * What a model mostly does at a border between two pieces, counted over much text. It makes the first guess of
 * a draft, never a result.
 */
export type DraftHabits = {
  /** The type, by its index among those wanted, that mostly opens before a piece of this first token; -1 for none. */
  opens(next: TokenId): number;
  /** Whether a tag of this type that holds so many pieces mostly closes before a piece of this first token. */
  closes(type: number, pieces: number, next: TokenId): boolean;
};

/** How tags look in the tokens of a model, and which are wanted. */
export type TagSurface = {
  /** Ends the output. */
  readonly end: TokenId;
  readonly close: TokenId;
  /** The wanted types, in the order in which two on one span are listed, and the tokens that open each. */
  readonly open: readonly { readonly type: string; readonly tokens: readonly TokenId[] }[];
};

/** What an adapter of our own training was taught with: asked in another way it answers worse. */
export type AdapterTeaching = {
  /** `selector`: it judges spans that another model found. */
  readonly outputFormat: OutputFormat | "selector";
  /** Version of the prompt, such as `zero-shot.grounded@2`. */
  readonly prompt: string;
  /** SHA-256 (hex) of `promptWords` for its types. */
  readonly promptSha256: string;
  readonly types: readonly string[];
};

/** What is known of a loaded model. */
export type ModelFacts = {
  readonly name: string;
  /** File name without folders. */
  readonly fileName: string;
  readonly sha256: string;
  readonly adapterSha256: string | null;
  /** Of an adapter in use that says how it was taught. */
  readonly teaching?: AdapterTeaching;
  /** Tokens that one sequence can hold. */
  readonly contextTokens: number;
  /**
   * Positions that cost as much as a call of the model itself, in which its weights are read from memory: the
   * width of drafts follows it.
   */
  readonly callCost: number;
  /** Null for a stock model, whose tags are plain text. */
  readonly profile: GroundedProfile | null;
};

/** One KV cache: a row of tokens that the model has read. */
export type InferenceSequence = {
  /** What the cache holds, so that a prompt that begins the same way is not read again. */
  readonly tokens: readonly TokenId[];
  /**
   * Appends `tokens` and answers, for each position i with `wanted[i]`, the logits of just those tokens to
   * come next, in the order asked. Positions with null cost no read-out.
   * @throws NG-CONTEXT before anything is evaluated where the tokens would not fit; NG-CANCELLED when `signal` fires.
   */
  evaluate(
    tokens: readonly TokenId[],
    wanted: readonly (readonly TokenId[] | null)[],
    signal?: CancelSignal,
  ): Promise<(Float32Array | null)[]>;
  /**
   * Appends `tokens`, at least one, and answers the token most likely to come next, of the whole vocabulary.
   * @throws as `evaluate`; NG-MODEL-NUMBERS where the model gives something else than numbers for it
   */
  mostLikelyNext(tokens: readonly TokenId[], signal?: CancelSignal): Promise<TokenId>;
  /**
   * Appends `tokens` to an empty cache. What the model makes of them may be kept in a file, and taken from there
   * after a restart: they must hold nothing of a note or an example. Absent where no files are kept.
   * @returns how many of them had to be read
   * @throws as `evaluate`
   */
  readInstruction?(tokens: readonly TokenId[], signal?: CancelSignal): Promise<number>;
  /** Forgets everything after the first `length` tokens. */
  truncate(length: number): Promise<void>;
  dispose(): Promise<void>;
};

/** A language model that runs inside the program. */
export type InferencePort = {
  readonly facts: ModelFacts;
  /** Sequences that can usefully work at the same time. */
  readonly parallelism: number;
  /** Token ids of plain text: no special token ever comes out, whatever the text says. */
  tokenize(text: string): readonly TokenId[];
  /** The text of tokens; special tokens have none. */
  detokenize(tokens: readonly TokenId[]): string;
  /** The id of a special token such as `<|eot_id|>`, or null where the model has none of that name. */
  specialToken(name: string): TokenId | null;
  /** At most `parallelism` may be open; a further call waits. */
  openSequence(): Promise<InferenceSequence>;
  dispose(): Promise<void>;
};

/** Vectors for choosing examples. */
export type EmbeddingPort = {
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** SHA-256 (hex) of what makes the vectors: another one gives others, and stored ones no longer fit. */
  readonly identity: string;
  /** Of length 1, or all zeros where nothing in the text is known. */
  sentence(text: string): Promise<Float32Array>;
  /** A vector of length 1 for each span (UTF-16 offsets into `text`), in document order. */
  tokens(text: string): Promise<{
    readonly spans: readonly Span[];
    readonly vectors: readonly Float32Array[];
  }>;
  /** Searches in the thread in which the encoder runs; absent where that is the caller's own. */
  readonly search?: VectorSearch;
  dispose(): Promise<void>;
};

/** A file as text, with the hash of its bytes. */
export type ReadNote = {
  /** File name without folders. */
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
};

export type NoteReaderPort = {
  /** Extensions that a walk through a folder takes, with the dot. */
  readonly extensions: readonly string[];
  /**
   * @throws NG-EMPTY, NG-ENCODING, NG-BINARY, NG-READ, NG-TOO-LARGE
   */
  read(bytes: Uint8Array, name: string, options?: { readonly encoding?: string }): ReadNote;
};

export type Clock = { now(): Date };

export type { ExampleBank, FewShotSettings, VectorSearch } from "./examplePort.ts";
export type { StorePort } from "./storePort.ts";
