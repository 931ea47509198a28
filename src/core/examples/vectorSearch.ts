import type { EmbeddingPort, VectorSearch } from "../ports.ts";
import { cosines, quantise, tokenSimilarities } from "./vectors.ts";

/** Texts whose token vectors are remembered: some 40 MB with an encoder of 384 numbers. */
const REMEMBERED = 4000;

/** A search in the thread of its caller. */
export function vectorSearch({
  dimension,
  sentence,
  tokens,
}: Pick<EmbeddingPort, "dimension" | "sentence" | "tokens">): VectorSearch {
  const remembered = new Map<string, Int8Array>();

  async function tokenRows(text: string): Promise<Int8Array> {
    const { vectors } = await tokens(text);
    const rows = new Int8Array(vectors.length * dimension);
    vectors.forEach((vector, index) => {
      rows.set(quantise(vector), index * dimension);
    });
    return rows;
  }

  async function known(text: string): Promise<Int8Array> {
    const rows = remembered.get(text) ?? (await tokenRows(text));
    // What was made longest ago is made again when it is needed.
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, rows);
    return rows;
  }

  return {
    sentences: async (text, rows) => cosines(rows, quantise(await sentence(text))),
    async tokens(text, others) {
      const rows = await tokenRows(text);
      const otherRows: Int8Array[] = [];
      for (const other of others) otherRows.push(await known(other));
      return tokenSimilarities(rows, otherRows, dimension);
    },
  };
}
