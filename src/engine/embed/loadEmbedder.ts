import { env, InferenceSession, Tensor } from "onnxruntime-web";
import type { Span } from "#core/document/span.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import { fileSha256 } from "../fileHash.ts";
import { readEncoderFile, unfit } from "./encoderFile.ts";
import type { WordPieceToken } from "./wordPiece.ts";

/** One vector for all that was read at once, and one for each piece. */
type Reading = { readonly sentence: Float32Array; readonly tokens: Float32Array };

/**
 * Loads an encoder from one local file and runs it inside this process, by onnxruntime's WebAssembly: the same
 * numbers on every system. One text is read at a time, and between two the process is free for other work.
 * A text longer than the encoder can read is read in parts.
 * @throws NG-MODEL-MISSING, NG-READ, NG-ENCODER
 */
export async function loadEmbedder(path: string): Promise<EmbeddingPort> {
  const file = await readEncoderFile(path);
  const identity = await fileSha256(path);
  // More threads need workers, whose script lies inside the archive of a packaged app.
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(file.bytes, { executionProviders: ["wasm"] }).catch(
    (cause: unknown) => {
      throw unfit(file.fileName, "ENCODER-RUNTIME", cause);
    },
  );
  const { wordPiece, dimension } = file;
  const longest = file.maximumTokens - 2;
  let last: Promise<unknown> = Promise.resolve();

  async function run(tokens: readonly WordPieceToken[]): Promise<Reading> {
    const ids = [wordPiece.first, ...tokens.map(({ id }) => id), wordPiece.last];
    const input = new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
    const { sentence, tokens: pieces } = await session.run({ ids: input });
    input.dispose();
    if (sentence?.dims.at(-1) !== dimension || pieces?.dims.at(-1) !== dimension) {
      throw unfit(file.fileName, "ENCODER-DIMENSION");
    }
    await new Promise(setImmediate);
    return { sentence: sentence.data as Float32Array, tokens: pieces.data as Float32Array };
  }

  /** The runtime reads one text at a time. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  }

  /** The parts of a text, each with what the encoder says. */
  async function* read(
    text: string,
  ): AsyncGenerator<{ tokens: readonly WordPieceToken[]; reading: Reading }> {
    const every = wordPiece.tokenize(text);
    for (let at = 0; at < every.length; at += longest) {
      const tokens = every.slice(at, at + longest);
      yield { tokens, reading: await run(tokens) };
    }
  }

  // A file whose graph is of another shape is refused here, not at the first note.
  await run([]).catch((cause: unknown) => {
    throw unfit(file.fileName, "ENCODER-DIMENSION", cause);
  });
  return {
    name: file.name,
    dimension,
    identity,
    sentence: (text) =>
      inTurn(async () => {
        const sum = new Float32Array(dimension);
        for await (const { tokens, reading } of read(text)) {
          for (const [i, value] of reading.sentence.entries())
            sum[i] = (sum[i] as number) + tokens.length * value;
        }
        return unit(sum);
      }),
    tokens: (text) =>
      inTurn(async () => {
        const spans: Span[] = [];
        const vectors: Float32Array[] = [];
        for await (const { tokens, reading } of read(text)) {
          for (const [index, { start, end }] of tokens.entries()) {
            spans.push({ start, end });
            const at = (index + 1) * dimension;
            vectors.push(reading.tokens.slice(at, at + dimension));
          }
        }
        return { spans, vectors };
      }),
    dispose: () => inTurn(() => session.release()),
  };
}

/** The vector at length 1; zeros stay zeros. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}
