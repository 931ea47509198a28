/** Formats that are not text, by how their bytes begin. Names are the same in every language. */
const BEGINNINGS: readonly (readonly [kind: string, bytes: string])[] = [
  ["PDF", "%PDF-"],
  ["RTF", "{\\rtf"],
  ["DOCX, ODT or ZIP", "PK\x03\x04"],
  ["DOC, XLS or MSG", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["SQLite", "SQLite format 3\0"],
  ["GGUF", "GGUF"],
  ["PNG", "\x89PNG\r\n\x1a\n"],
  ["JPEG", "\xff\xd8\xff"],
  ["GIF", "GIF8"],
  ["TIFF", "II*\0"],
  ["TIFF", "MM\0*"],
  ["gzip", "\x1f\x8b"],
  ["7z", "7z\xbc\xaf\x27\x1c"],
  ["xz", "\xfd7zXZ\0"],
  ["ELF", "\x7fELF"],
];

/** The format that `bytes` begin like, or null where they may be text. */
export function knownBinary(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return BEGINNINGS.find(([, beginning]) => start.startsWith(beginning))?.[0] ?? null;
}
