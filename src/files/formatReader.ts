/** Reads one format of notes. */
export type FormatReader = {
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Whether bytes begin as only this format does; absent where it has no such mark. */
  readonly recognizes?: (bytes: Uint8Array) => boolean;
  /** The note in the bytes of a file that is not empty. `name` is for the errors, coded as NoteReaderPort says. */
  toText(bytes: Uint8Array, name: string, encoding: string | undefined): string;
};
