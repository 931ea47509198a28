import { indexNote } from "../search/noteIndex.ts";
import { makeStatements } from "../statements.ts";
import type { Migration } from "./migration.ts";

/**
 * The full-text index over notes. It holds words only (contentless), so that a note is not stored twice;
 * `words` and `characters` are what `indexWords` makes of a name and a text.
 */
export const searchMigration: Migration = {
  version: 20,
  up(database) {
    database.exec(`
      CREATE VIRTUAL TABLE note_words USING fts5 (
        words, characters,
        content = '', prefix = '2 3',
        tokenize = 'unicode61 remove_diacritics 2'
      );
      -- Words that are deleted leave the file, and not only the results.
      INSERT INTO note_words (note_words, rank) VALUES ('secure-delete', 1);
    `);
    const sql = makeStatements(database);
    // One at a time by number: a cursor over all texts may not stay open while another table is written.
    const next = database.prepare<[number], { number: number; name: string; text: string }>(
      "SELECT number, name, text FROM documents JOIN texts ON document = number WHERE number > ? ORDER BY number LIMIT 1",
    );
    for (let note = next.get(0); note; note = next.get(note.number)) {
      indexNote(sql, note.number, note);
    }
  },
};
