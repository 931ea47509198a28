import type { EmbeddingPort } from "#core/ports.ts";

/**
 * An encoder without a model, for tests: a word's vector is made of its letters, a text's is the mean of its words.
 * @param axes words (lower case) that get an axis of their own; texts are alike by the ones they share
 */
export function fakeEmbedding(axes: readonly string[], identity = "fake"): EmbeddingPort {
  const dimension = axes.length + 1;
  const vectorOf = (word: string): Float32Array => {
    const axis = axes.indexOf(word.toLowerCase());
    return Float32Array.from({ length: dimension }, (_, i) =>
      i === (axis === -1 ? axes.length : axis) ? 1 : 0,
    );
  };
  const wordsOf = (text: string) => [...text.matchAll(/\p{Script=Han}|[\p{L}\p{N}]+/gu)];
  return {
    name: "fake",
    dimension,
    identity,
    async sentence(text) {
      const sum = new Float32Array(dimension);
      for (const [word] of wordsOf(text)) {
        vectorOf(word).forEach((value, i) => {
          // Words without an axis count little.
          sum[i] = (sum[i] ?? 0) + (i === axes.length ? value / 100 : value);
        });
      }
      const length = Math.hypot(...sum) || 1;
      return sum.map((value) => value / length);
    },
    async tokens(text) {
      const words = wordsOf(text);
      return {
        spans: words.map(({ 0: word, index }) => ({ start: index, end: index + word.length })),
        vectors: words.map(([word]) => vectorOf(word)),
      };
    },
    async dispose() {},
  };
}
