import type { Example, SelectStrategy } from "../entity/example.ts";
import { readGroups } from "../entity/readFor.ts";
import { NotegrainError } from "../errors.ts";
import type { ExampleBank, ExampleQuery } from "../examplePort.ts";
import type { EmbeddingPort } from "../ports.ts";
import { bestIndexes } from "./best.ts";
import { type Bm25, buildBm25 } from "./bm25.ts";
import { vectorSearch } from "./vectorSearch.ts";
import { quantise, sharedRows } from "./vectors.ts";

export type MemoryBankOptions = {
  readonly name: string;
  /** As `checkExamples` lets them pass. */
  readonly examples: readonly Example[];
  /** SHA-256 (hex) of a string. */
  readonly hash: (text: string) => string;
  /** Null where the bank is searched by words alone. */
  readonly embedding?: EmbeddingPort | null;
  /** Their sentence vectors, quantised, in the order of the examples; made at the first search where absent. */
  readonly vectors?: Int8Array | undefined;
  /** Called now and then while an index is built: lets other work of this thread go on. */
  readonly breathe?: () => Promise<void>;
  /** Called while vectors are made, with how many there are and will be. */
  readonly onIndexed?: ((done: number, total: number) => void) | undefined;
};

/** Examples that a token search looks at one by one: the best by sentence vector. */
const RERANKED = 200;
/** Examples indexed between two breaths. */
const BREATH = 200;

/** A bank whose examples lie in memory. Indexes are built when they are first needed. */
export function memoryBank(options: MemoryBankOptions): ExampleBank {
  const { name, examples, hash, embedding = null, breathe = async () => {} } = options;
  const byId = new Map(examples.map((example, index) => [example.id, index]));
  const bySource = Map.groupBy(examples, ({ text }) => text);
  const byType = new Map<string, number[]>();
  examples.forEach(({ spans }, index) => {
    for (const type of new Set(spans.map((span) => span.type))) {
      const known = byType.get(type);
      if (known) known.push(index);
      else byType.set(type, [index]);
    }
  });
  const languages = new Set(examples.map(({ language }) => language));
  const draws = Uint32Array.from(examples, ({ id }) => Number.parseInt(hash(id).slice(0, 8), 16));
  const encoder = embedding && { port: embedding, search: embedding.search ?? vectorSearch(embedding) };

  const forAll = async (work: (example: Example, index: number) => void | Promise<void>): Promise<void> => {
    for (const [index, example] of examples.entries()) {
      await work(example, index);
      if (index % BREATH === BREATH - 1) await breathe();
    }
  };
  const words = once(async (): Promise<Bm25> => {
    const builder = buildBm25();
    await forAll(({ text }) => builder.add(text));
    return builder.finish();
  });
  const encoderFor = (select: SelectStrategy): NonNullable<typeof encoder> => {
    if (encoder !== null) return encoder;
    throw new NotegrainError("NG-EMBEDDER", { select, reason: "EMBEDDER-NONE" });
  };
  const rows = once(async (): Promise<Int8Array> => {
    if (options.vectors) return options.vectors;
    const { port } = encoderFor("sentence");
    const matrix = sharedRows(examples.length * port.dimension);
    await forAll(async ({ text }, index) => {
      matrix.set(quantise(await port.sentence(text)), index * port.dimension);
      options.onIndexed?.(index + 1, examples.length);
    });
    return matrix;
  });

  /** How well each example fits. */
  async function score({ select, seed, text }: ExampleQuery): Promise<ArrayLike<number>> {
    if (select === "random") return draws.map((draw) => scramble(draw, seed));
    if (select === "bm25") return (await words()).scores(text);
    return encoderFor(select).search.sentences(text, await rows());
  }

  /** How well each of these examples answers the text token by token. */
  function tokenFits(text: string, indexes: readonly number[]): Promise<Float32Array> {
    return encoderFor("token").search.tokens(
      text,
      indexes.map((index) => (examples[index] as Example).text),
    );
  }

  return {
    name,
    identity: hash(JSON.stringify([examples.map(identityOf).sort(), embedding?.identity ?? null])),
    size: examples.length,
    types: new Set(byType.keys()),
    readGroups: readGroups(examples),
    find: (ids) => ids.flatMap((id) => examples[byId.get(id) ?? -1] ?? []),
    sourcesOf: (text) => [...new Set((bySource.get(text) ?? []).map(({ source }) => source))],

    async prepare(select) {
      if (select === "random") return;
      if (select === "bm25") return void (await words());
      encoderFor(select); // else the error would name another strategy
      await rows();
    },

    async rank(query) {
      const { select, limit, types, language } = query;
      const all = await score(query);
      const accepts = (index: number): boolean => {
        const example = examples[index] as Example;
        return (
          !query.excludedSources.has(example.source) &&
          !query.excludedIds.has(example.id) &&
          (query.mayShow?.(example) ?? true) &&
          (example.language === language || !languages.has(language))
        );
      };
      const found = new Set(bestIndexes(all, select === "token" ? RERANKED : limit, accepts));
      for (const type of types) {
        const indexes = byType.get(type) ?? [];
        const [best] = bestIndexes(
          indexes.map((index) => all[index] as number),
          1,
          (at) => accepts(indexes[at] as number),
        );
        if (best !== undefined) found.add(indexes[best] as number);
      }
      const indexes = [...found];
      const fits =
        select === "token" ? await tokenFits(query.text, indexes) : indexes.map((index) => all[index]);
      return indexes
        .map((index, at) => ({ example: examples[index] as Example, fit: fits[at] as number }))
        .toSorted((a, b) => b.fit - a.fit)
        .map(({ example, fit }) => ({ example, similarity: select === "random" ? null : fit }));
    },
  };
}

/** What of an example decides whether, and what of it, is shown. */
function identityOf({ id, readFor }: Example): string {
  return readFor ? `${id} ${JSON.stringify(readFor.toSorted())}` : id;
}

/** A draw for an example: the same for the same seed, whatever else is in the bank. */
function scramble(draw: number, seed: number): number {
  let mixed = (draw ^ Math.imul(seed + 1, 0x9e3779b9)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** The work done at the first call; its answer at every one. A failure is tried again. */
function once<Answer>(work: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | null = null;
  return () => {
    answer ??= work().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}
