import { NotegrainError } from "#core/errors.ts";
import { knownBinary } from "./magic.ts";

/**
 * The text of a file: UTF-8, or UTF-16 by its byte order mark, or as `encoding` says (any name of the
 * Encoding Standard, such as gb18030 or windows-1252). The mark is not part of the text; line ends stay.
 * `name` is for the errors.
 * @throws NG-BINARY, NG-ENCODING; NG-USAGE where the encoding is not known
 */
export function decodeText(bytes: Uint8Array, name: string, encoding?: string): string {
  // Whoever names an encoding has looked at the file: then nothing is guessed from its bytes.
  if (encoding !== undefined) return decode(decoderFor(encoding), bytes, name);
  const kind = knownBinary(bytes);
  if (kind !== null) throw new NotegrainError("NG-BINARY", { name, kind });
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : isBigEndian(bytes) ? "utf-16be" : null;
  const text = decode(decoderFor(utf16 ?? "utf-8"), bytes, name);
  if (text.includes("\0")) throw new NotegrainError("NG-BINARY", { name, kind: "NUL" });
  return text;
}

function isBigEndian(bytes: Uint8Array): boolean {
  return bytes[0] === 0xfe && bytes[1] === 0xff;
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    const detail = `The encoding "${encoding}" is not known; use a name such as utf-8, gb18030 or windows-1252.`;
    throw new NotegrainError("NG-USAGE", { detail }, { cause });
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array, name: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new NotegrainError("NG-ENCODING", { name, encoding: decoder.encoding.toUpperCase() }, { cause });
  }
}
