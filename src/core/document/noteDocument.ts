/** The languages that have rules and section titles of their own under resources/. */
export type Language = "en" | "zh";

/** A note as it was read: the decoded text, never normalised, and what identifies its file. */
export type NoteDocument = {
  /** Stable: made from `sha256` and `name`. */
  readonly id: string;
  /** File name without folders. */
  readonly name: string;
  readonly text: string;
  /** SHA-256 (hex) of the bytes of the file, not of the text. */
  readonly sha256: string;
  readonly language: Language;
};
