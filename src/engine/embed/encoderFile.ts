import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { NotegrainError } from "#core/errors.ts";
import { readOnnxMetadata } from "./onnxMetadata.ts";
import { createWordPiece, type WordPiece, type WordPieceFacts } from "./wordPiece.ts";

/** Where `training/` puts the tokenizer and the figures of an encoder: a named text in the ONNX file. */
const METADATA_NAME = "notegrain.encoder";
const FORMAT = "notegrain/encoder@1";

/** An encoder's file, read and found whole. */
export type EncoderFile = {
  /** File name without folders. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Pieces that the encoder reads at once, first and last among them. */
  readonly maximumTokens: number;
  readonly wordPiece: WordPiece;
};

type Facts = {
  readonly format: string;
  readonly name: string;
  readonly dimension: number;
  readonly maximumTokens: number;
  readonly tokenizer: WordPieceFacts;
};

/**
 * Reads an encoder that the command `encoder` of `training/` has written.
 * @throws NG-MODEL-MISSING, NG-READ, NG-ENCODER
 */
export async function readEncoderFile(path: string): Promise<EncoderFile> {
  const fileName = basename(path);
  if ((await stat(path).catch(() => null)) === null) {
    throw new NotegrainError("NG-MODEL-MISSING", { name: fileName });
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new NotegrainError("NG-READ", {
      name: fileName,
      reason: (cause as NodeJS.ErrnoException).code ?? "unknown",
    });
  });
  const { name, dimension, maximumTokens, tokenizer } = factsOf(bytes, fileName);
  try {
    return { fileName, bytes, name, dimension, maximumTokens, wordPiece: createWordPiece(tokenizer) };
  } catch (cause) {
    throw unfit(fileName, "ENCODER-TOKENIZER", cause);
  }
}

/** An encoder's file that cannot be used; `reason` is a code of resources/reasons.json. */
export function unfit(name: string, reason: string, cause?: unknown): NotegrainError {
  return new NotegrainError("NG-ENCODER", { name, reason }, { cause });
}

function factsOf(bytes: Uint8Array, fileName: string): Facts {
  let text: string | undefined;
  try {
    text = readOnnxMetadata(bytes).get(METADATA_NAME);
  } catch (cause) {
    throw unfit(fileName, "ENCODER-FORMAT", cause);
  }
  if (text === undefined) throw unfit(fileName, "ENCODER-TOKENIZER");
  try {
    const facts = JSON.parse(text) as Facts;
    if (isWhole(facts)) return facts;
  } catch {
    // Not JSON: as good as no tokenizer.
  }
  throw unfit(fileName, "ENCODER-TOKENIZER");
}

function isWhole(facts: Facts | null): boolean {
  return (
    facts?.format === FORMAT &&
    typeof facts.name === "string" &&
    Number.isInteger(facts.dimension) &&
    facts.dimension > 0 &&
    Number.isInteger(facts.maximumTokens) &&
    facts.maximumTokens > 2 &&
    Array.isArray(facts.tokenizer?.vocabulary)
  );
}
