/** One step of a stored number: a vector of length 1 has no number beyond 127 of them. */
const STEPS = 127;

/** A vector of length 1 in a byte a number. */
export function quantise(vector: Float32Array): Int8Array {
  return Int8Array.from(vector, (value) => Math.max(-STEPS, Math.min(STEPS, Math.round(value * STEPS))));
}

/**
 * The cosine of the query with each row, 0 where it is negative.
 * @param rows quantised vectors of the query's length, one after the other
 */
export function cosines(rows: Int8Array, query: Int8Array): Float32Array {
  const dimension = query.length;
  const scores = new Float32Array(rows.length / dimension);
  // Copied wide once, so that the inner loop converts one operand only.
  const wide = Int32Array.from(query);
  const whole = dimension - (dimension % 4);
  for (let row = 0, at = 0; row < scores.length; row++, at += dimension) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < whole; i += 4) {
      a += Math.imul(rows[at + i] as number, wide[i] as number);
      b += Math.imul(rows[at + i + 1] as number, wide[i + 1] as number);
      c += Math.imul(rows[at + i + 2] as number, wide[i + 2] as number);
      d += Math.imul(rows[at + i + 3] as number, wide[i + 3] as number);
    }
    for (let i = whole; i < dimension; i++) a += Math.imul(rows[at + i] as number, wide[i] as number);
    scores[row] = Math.max(0, Math.min(1, (a + b + c + d) / (STEPS * STEPS)));
  }
  return scores;
}

/**
 * How well two texts answer each other token by token: each token of one is paired with its most similar of the
 * other, and the two averages are joined as in F1 (BERTScore, Zhang et al. 2020). 0 to 1.
 */
export function tokenSimilarity(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const bestOfA = new Float32Array(a.length);
  const bestOfB = new Float32Array(b.length);
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      const similarity = dot(left, right);
      if (similarity > (bestOfA[i] as number)) bestOfA[i] = similarity;
      if (similarity > (bestOfB[j] as number)) bestOfB[j] = similarity;
    });
  });
  const [forth, back] = [mean(bestOfA), mean(bestOfB)];
  return forth + back === 0 ? 0 : Math.min(1, (2 * forth * back) / (forth + back));
}

function dot(a: Float32Array, b: Float32Array): number {
  const whole = a.length - (a.length % 4);
  let [w, x, y, z] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    w += (a[i] as number) * (b[i] as number);
    x += (a[i + 1] as number) * (b[i + 1] as number);
    y += (a[i + 2] as number) * (b[i + 2] as number);
    z += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) w += (a[i] as number) * (b[i] as number);
  return w + x + y + z;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
