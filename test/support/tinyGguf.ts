/** A tensor in F32: zeros, or numbers spread evenly between -spread and spread. */
export type TinyTensor = {
  readonly name: string;
  /** The number of another type of ggml, of four bytes too. */
  readonly type?: number;
  readonly dimensions: readonly number[];
  readonly spread?: number;
};

/** Values of a header: strings, whole numbers (u32), and lists of strings. */
export type TinyMetadata = Readonly<Record<string, string | number | readonly string[] | readonly number[]>>;

const ALIGNMENT = 32;
const TYPES = { uint32: 4, float32: 6, string: 8, array: 9 };

/** The bytes of a small, well-formed GGUF file (version 3). Numbers that are not whole become f32. */
export function tinyGguf(metadata: TinyMetadata, tensors: readonly TinyTensor[]): Buffer {
  const parts: Buffer[] = [
    Buffer.from("GGUF"),
    u32(3),
    u64(tensors.length),
    u64(Object.keys(metadata).length),
  ];
  for (const [key, value] of Object.entries(metadata)) parts.push(string(key), encode(value));
  let offset = 0;
  const places: number[] = [];
  for (const { name, dimensions, type = 0 } of tensors) {
    places.push(offset);
    parts.push(string(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset));
    offset += padded(bytesOf(dimensions));
  }
  const header = Buffer.concat(parts);
  const data = Buffer.alloc(offset);
  for (const [i, { dimensions, spread = 0 }] of tensors.entries()) {
    if (spread > 0) fillEvenly(data, places[i] ?? 0, bytesOf(dimensions), spread, i + 1);
  }
  return Buffer.concat([header, Buffer.alloc(padded(header.length) - header.length), data]);
}

/** Pseudo-random numbers (xorshift32), the same in every run. */
function fillEvenly(data: Buffer, from: number, bytes: number, spread: number, seed: number): void {
  let state = seed * 2654435761;
  for (let at = from; at < from + bytes; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data.writeFloatLE((state / 2 ** 31) * spread, at);
  }
}

function encode(value: string | number | readonly string[] | readonly number[]): Buffer {
  if (typeof value === "string") return Buffer.concat([u32(TYPES.string), string(value)]);
  if (typeof value === "number") {
    if (Number.isInteger(value)) return Buffer.concat([u32(TYPES.uint32), u32(value)]);
    return Buffer.concat([u32(TYPES.float32), float32(value)]);
  }
  const isNumbers = value.some((each) => typeof each === "number");
  const items = value.map((each) => (typeof each === "number" ? float32(each) : string(each)));
  return Buffer.concat([
    u32(TYPES.array),
    u32(isNumbers ? TYPES.float32 : TYPES.string),
    u64(value.length),
    ...items,
  ]);
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function bytesOf(dimensions: readonly number[]): number {
  return 4 * dimensions.reduce((product, size) => product * size, 1);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
