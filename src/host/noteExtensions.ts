import { makeNoteReader } from "#files/noteReader.ts";

/** Extensions of the notes that can be read, with the dot. */
export function noteExtensions(): readonly string[] {
  return makeNoteReader().extensions;
}
