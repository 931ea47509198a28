import type { NoteDocument } from "#core/document/noteDocument.ts";
import type { Statements } from "../statements.ts";
import { indexWords } from "./words.ts";

type Indexed = Pick<NoteDocument, "name" | "text">;

/** Adds a note to the full-text index under its number. */
export function indexNote(sql: Statements, number: number, { name, text }: Indexed): void {
  const { words, characters } = indexWords(name, text);
  sql.run("INSERT INTO note_words (rowid, words, characters) VALUES (?, ?, ?)", [number, words, characters]);
}

/** Takes a note out of the full-text index. */
export function unindexNote(sql: Statements, number: number, { name, text }: Indexed): void {
  const { words, characters } = indexWords(name, text);
  sql.run("INSERT INTO note_words (note_words, rowid, words, characters) VALUES ('delete', ?, ?, ?)", [
    number,
    words,
    characters,
  ]);
}
