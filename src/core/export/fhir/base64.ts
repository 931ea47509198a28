const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes that are turned at a time; a multiple of three, so that only the last chunk is padded. */
const CHUNK = 3 * 4096;

/** Base64 with padding, RFC 4648 §4. */
export function base64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let i = 0; i < bytes.length; i += CHUNK) chunks.push(base64Chunk(bytes.subarray(i, i + CHUNK)));
  return chunks.join("");
}

function base64Chunk(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) text += i + k <= bytes.length ? ALPHABET[(bits >> (18 - 6 * k)) & 0x3f] : "=";
  }
  return text;
}
