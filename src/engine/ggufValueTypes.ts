/** Of the value types of GGUF, by their numbers. */
const STRING = 8;
const ARRAY = 9;
/** Bytes of a value of fixed width. */
const WIDTHS: readonly (number | undefined)[] = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];

/** The numbers of the types U16 and F32. */
export const UINT16 = 2;
export const FLOAT32 = 6;

/**
 * The type of each value of a header. The library's parser gives all numbers alike, but llama.cpp ends the process
 * over one that has another type than it asks for.
 * @param header a GGUF file of version 2 or 3 from its first byte to the end of its values
 * @throws RangeError where the header is not whole
 */
export function valueTypes(header: Buffer): ReadonlyMap<string, number> {
  let at = 24; // magic, version, and the numbers of tensors and values
  const readNumber = (bytes: 4 | 8): number => {
    at += bytes;
    return bytes === 4 ? header.readUInt32LE(at - 4) : Number(header.readBigUInt64LE(at - 8));
  };
  const readText = (): string => {
    const length = readNumber(8);
    at += length;
    return header.toString("utf8", at - length, at);
  };
  const skip = (type: number): void => {
    if (type === STRING) {
      readText();
    } else if (type === ARRAY) {
      const [inner, length] = [readNumber(4), readNumber(8)];
      for (let i = 0; i < length; i++) skip(inner);
    } else {
      at += WIDTHS[type] ?? header.length;
    }
  };
  const types = new Map<string, number>();
  for (let left = Number(header.readBigUInt64LE(16)); left > 0; left--) {
    const key = readText();
    const type = readNumber(4);
    types.set(key, type);
    skip(type);
  }
  return types;
}
