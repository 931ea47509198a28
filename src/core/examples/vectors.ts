/** One step of a stored number: a vector of length 1 has no number beyond 127 of them. */
const STEPS = 127;

/** A vector of length 1 in a byte a number. */
export function quantise(vector: Float32Array): Int8Array {
  const bytes = new Int8Array(vector.length);
  // A loop: a search quantises a million numbers, for which `from` takes ten times as long.
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.max(-STEPS, Math.min(STEPS, Math.round((vector[i] as number) * STEPS)));
  }
  return bytes;
}

/** Room for quantised vectors, zeros at first, which other threads can read without a copy. */
export function sharedRows(bytes: number): Int8Array {
  return new Int8Array(new SharedArrayBuffer(bytes));
}

/**
 * The cosine of the query with each row, 0 where it is negative.
 * @param rows quantised vectors of the query's length, one after the other
 */
export function cosines(rows: Int8Array, query: Int8Array): Float32Array {
  const dimension = query.length;
  const scores = new Float32Array(rows.length / dimension);
  // Copied wide once, so that the inner loops convert one operand only.
  const wide = Int32Array.from(query);
  const isWhole = dimension % 4 === 0 && rows.byteOffset % 4 === 0;
  for (let row = isWhole ? fourByFour(rows, wide, scores) : 0; row < scores.length; row++) {
    let sum = 0;
    for (let i = 0, at = row * dimension; i < dimension; i++, at++) {
      sum += Math.imul(rows[at] as number, wide[i] as number);
    }
    scores[row] = sum;
  }
  return scores.map((sum) => Math.max(0, Math.min(1, sum / (STEPS * STEPS))));
}

/**
 * Writes the dot products of four rows at a time, which are read four numbers at a time: loads, not products, are
 * what takes the time.
 * @returns the rows done; up to three are left
 */
function fourByFour(rows: Int8Array, query: Int32Array, sums: Float32Array): number {
  // A word's lowest byte comes first on every processor that Node runs on, but for mainframes.
  const words = new Int32Array(rows.buffer, rows.byteOffset, rows.length / 4);
  const length = query.length / 4;
  const done = sums.length - (sums.length % 4);
  for (let row = 0; row < done; row += 4) {
    const first = row * length;
    const second = first + length;
    const third = second + length;
    const fourth = third + length;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < length; i++) {
      const w = query[4 * i] as number;
      const x = query[4 * i + 1] as number;
      const y = query[4 * i + 2] as number;
      const z = query[4 * i + 3] as number;
      a = (a + dotOfWord(words[first + i] as number, w, x, y, z)) | 0;
      b = (b + dotOfWord(words[second + i] as number, w, x, y, z)) | 0;
      c = (c + dotOfWord(words[third + i] as number, w, x, y, z)) | 0;
      d = (d + dotOfWord(words[fourth + i] as number, w, x, y, z)) | 0;
    }
    sums[row] = a;
    sums[row + 1] = b;
    sums[row + 2] = c;
    sums[row + 3] = d;
  }
  return done;
}

/** The dot product of the four signed bytes of a word with four numbers. */
function dotOfWord(word: number, w: number, x: number, y: number, z: number): number {
  return (
    (Math.imul((word << 24) >> 24, w) +
      Math.imul((word << 16) >> 24, x) +
      Math.imul((word << 8) >> 24, y) +
      Math.imul(word >> 24, z)) |
    0
  );
}

/**
 * How well a text and each of others answer each other token by token: each token of one is paired with its most
 * similar of the other, and the two averages are joined as in F1 (BERTScore, Zhang et al. 2020). 0 to 1.
 * @param text the quantised vectors of its tokens, one after the other
 * @param others theirs, likewise
 * @param dimension numbers in a vector
 */
export function tokenSimilarities(
  text: Int8Array,
  others: readonly Int8Array[],
  dimension: number,
): Float32Array {
  const all = new Int8Array(others.reduce((length, other) => length + other.length, 0));
  let end = 0;
  const ranges = others.map((other) => {
    all.set(other, end);
    const from = end / dimension;
    end += other.length;
    return { from, to: end / dimension };
  });
  /** For each other text, the sum over this text's tokens of the best that each finds there. */
  const forth = new Float64Array(others.length);
  /** For each token of the others, the best that it finds in this text. */
  const back = new Float32Array(end / dimension);
  for (let at = 0; at < text.length; at += dimension) {
    const similarities = cosines(all, text.subarray(at, at + dimension));
    ranges.forEach(({ from, to }, index) => {
      let best = 0;
      for (let token = from; token < to; token++) {
        const similarity = similarities[token] as number;
        if (similarity > best) best = similarity;
        if (similarity > (back[token] as number)) back[token] = similarity;
      }
      forth[index] = (forth[index] as number) + best;
    });
  }
  return Float32Array.from(ranges, ({ from, to }, index) => {
    const recall = (forth[index] as number) / (text.length / dimension);
    const precision = back.subarray(from, to).reduce((sum, best) => sum + best, 0) / (to - from);
    // Without tokens on either side there is nothing to compare: 0 / 0.
    return recall + precision > 0 ? (2 * recall * precision) / (recall + precision) : 0;
  });
}
