import type { Migration } from "./migration.ts";

/** What a model wrote freely in a run, as it wrote it. Like its entities it is kept, and goes with the run. */
export const repliesMigration: Migration = {
  version: 30,
  up(database) {
    database.exec(`
      CREATE TABLE replies (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        -- UTF-16 units: the stretch of the note that the reply is about.
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        is_repaired INTEGER NOT NULL,
        is_cut_off INTEGER NOT NULL,
        is_unreadable INTEGER NOT NULL,
        ungrounded INTEGER NOT NULL,
        unknown_types INTEGER NOT NULL,
        PRIMARY KEY (run, position)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER replies_stay BEFORE UPDATE ON replies
        BEGIN SELECT RAISE(ABORT, 'replies are never changed'); END;
    `);
  },
};
