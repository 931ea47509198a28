/** How much goes to the backend in one request, so that neither side holds its breath. */
export const batchLimits = { bytes: 4_000_000, files: 40 } as const;

/** Groups items so that no batch passes a limit, except a single item that is larger by itself. */
export async function* batchesOf<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
  limits: { readonly bytes: number; readonly files: number } = batchLimits,
): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  let bytes = 0;
  for await (const item of items) {
    const size = sizeOf(item);
    if (batch.length > 0 && (batch.length >= limits.files || bytes + size > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
