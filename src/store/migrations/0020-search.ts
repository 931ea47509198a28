import { indexWords } from "../search/words.ts";
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
        content = '', contentless_delete = 1, prefix = '2 3',
        tokenize = 'unicode61 remove_diacritics 2'
      );
    `);
    const insert = database.prepare("INSERT INTO note_words (rowid, words, characters) VALUES (?, ?, ?)");
    // One at a time by number: a cursor over all texts may not stay open while another table is written.
    const next = database.prepare<[number], { number: number; name: string; text: string }>(
      "SELECT number, name, text FROM documents WHERE number > ? ORDER BY number LIMIT 1",
    );
    for (let note = next.get(0); note; note = next.get(note.number)) {
      const { words, characters } = indexWords(note.name, note.text);
      insert.run(note.number, words, characters);
    }
  },
};
