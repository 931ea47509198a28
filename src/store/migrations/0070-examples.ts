import type { Migration } from "./migration.ts";

/**
 * The example bank, the sentence vectors by which it is searched, and which examples a run was shown. What came of
 * a reviewed note goes with the note.
 */
export const examplesMigration: Migration = {
  version: 70,
  up(database) {
    database.exec(`
      CREATE TABLE examples (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        -- [{type, start, end}] in UTF-16 units of the text.
        spans TEXT NOT NULL,
        source TEXT NOT NULL,
        language TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('gold', 'review')),
        -- The reviewed note; null for gold.
        document INTEGER REFERENCES documents (number) ON DELETE CASCADE,
        is_pinned INTEGER NOT NULL DEFAULT 0,
        is_banned INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX examples_source ON examples (source);
      CREATE INDEX examples_document ON examples (document);

      CREATE TABLE example_vectors (
        example INTEGER PRIMARY KEY REFERENCES examples (number) ON DELETE CASCADE,
        encoder TEXT NOT NULL,
        vector BLOB NOT NULL
      ) STRICT;

      -- One row that counts changes; triggers keep it, so that no writer can forget.
      CREATE TABLE examples_version (version INTEGER NOT NULL) STRICT;
      INSERT INTO examples_version VALUES (0);
      CREATE TRIGGER examples_added AFTER INSERT ON examples BEGIN UPDATE examples_version SET version = version + 1; END;
      CREATE TRIGGER examples_changed AFTER UPDATE ON examples BEGIN UPDATE examples_version SET version = version + 1; END;
      CREATE TRIGGER examples_deleted AFTER DELETE ON examples BEGIN UPDATE examples_version SET version = version + 1; END;

      -- Ids and likeness only: the words stand in the bank, or are gone with it.
      CREATE TABLE run_examples (
        run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        shown TEXT NOT NULL
      ) STRICT;
    `);
  },
};
