import { sha1 } from "./sha1.ts";
import { utf8 } from "./utf8.ts";

/** The namespace of everything that this program exports, drawn once at random. */
const NAMESPACE = "7d0e6a52-3f0b-4c1e-9a57-52b1d3c8e9f4";

/** A name-based UUID (version 5, RFC 9562 §5.5) in the program's own namespace: one name, one UUID, for ever. */
export function uuidOf(name: string): string {
  const namespace = Uint8Array.from(NAMESPACE.replaceAll("-", "").match(/../g) ?? [], (hex) =>
    Number.parseInt(hex, 16),
  );
  const words = utf8(name);
  const input = new Uint8Array(namespace.length + words.length);
  input.set(namespace);
  input.set(words, namespace.length);
  const bytes = sha1(input).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
