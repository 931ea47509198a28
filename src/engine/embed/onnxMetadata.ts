const METADATA_PROPS = 14;
const IR_VERSION = 1;

/**
 * The named texts that an ONNX file carries (`metadata_props` of `ModelProto`, onnx.proto), which the runtime
 * for the web does not hand out. The weights are stepped over, not read.
 * @throws RangeError where the bytes are no whole ONNX file
 */
export function readOnnxMetadata(bytes: Uint8Array): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let versions = 0;
  for (const { number, value } of fieldsOf(bytes)) {
    if (number === IR_VERSION) versions++;
    if (number !== METADATA_PROPS || value === null) continue;
    const parts = new Map<number, string>();
    for (const part of fieldsOf(value)) {
      if (part.value !== null) parts.set(part.number, Buffer.from(part.value).toString("utf8"));
    }
    found.set(parts.get(1) ?? "", parts.get(2) ?? "");
  }
  if (versions !== 1) throw new RangeError("not an ONNX file");
  return found;
}

/** The fields of a protobuf message; numbers have no bytes. */
function* fieldsOf(bytes: Uint8Array): Generator<{ number: number; value: Uint8Array | null }> {
  let at = 0;
  /** Up to 2^53, which is more than a file has. */
  const varint = (): number => {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || scale > 2 ** 63) throw new RangeError("cut off");
      result += (byte & 127) * scale;
      if (byte < 128) return result;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const kind = key % 8;
    const number = Math.floor(key / 8);
    if (kind === 0) {
      varint();
      yield { number, value: null };
      continue;
    }
    if (kind !== 1 && kind !== 2 && kind !== 5) throw new RangeError("not a protobuf message");
    const length = kind === 2 ? varint() : kind === 1 ? 8 : 4;
    if (at + length > bytes.length) throw new RangeError("cut off");
    yield { number, value: bytes.subarray(at, at + length) };
    at += length;
  }
}
