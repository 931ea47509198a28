import type { Migration } from "./migration.ts";

/**
 * Cases, their notes, the runs over them and what people made of the results. Texts stand apart, so
 * that a search over ten thousand notes need not read past them. What a model said is never updated: triggers see to it.
 */
export const casesMigration: Migration = {
  version: 10,
  up(database) {
    database.exec(`
      CREATE TABLE cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL COLLATE NOCASE,
        created_at TEXT NOT NULL,
        -- From here on a summary of the rows below, kept by summarizeCase.
        updated_at TEXT NOT NULL,
        state TEXT NOT NULL,
        entities INTEGER NOT NULL,
        proposed INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX cases_updated ON cases (updated_at);
      CREATE INDEX cases_created ON cases (created_at);
      CREATE INDEX cases_title ON cases (title);
      CREATE INDEX cases_state ON cases (state, updated_at);

      CREATE TABLE documents (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        language TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        utf16_length INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX documents_sha256 ON documents (sha256, name);
      CREATE INDEX documents_case ON documents (case_id);
      CREATE TABLE texts (
        document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
        text TEXT NOT NULL
      ) STRICT;

      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        -- The process that works on it, so that another can tell whether it is still there.
        process TEXT,
        model TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        adapter_sha256 TEXT,
        paradigm TEXT NOT NULL,
        output_format TEXT NOT NULL,
        prompt_sha256 TEXT NOT NULL,
        bank TEXT,
        types TEXT NOT NULL,
        settings TEXT NOT NULL,
        created_at TEXT NOT NULL,
        finished_at TEXT,
        error TEXT,
        seconds REAL,
        tokens_per_second REAL,
        coverage REAL,
        date TEXT,
        -- As which the note was read, whatever was thought of it at its import.
        language TEXT,
        sections TEXT,
        -- Counts of the entities as the model gave them, and as they stand after the corrections.
        found INTEGER,
        kept INTEGER,
        proposed INTEGER
      ) STRICT;
      CREATE INDEX runs_document ON runs (document, id);
      CREATE INDEX runs_unfinished ON runs (id) WHERE state IN ('queued', 'running');

      CREATE TABLE entities (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        type TEXT NOT NULL,
        -- UTF-16 units; the words are the slice of the text and not kept twice.
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        fragments TEXT,
        confidence REAL,
        section TEXT,
        assertion TEXT,
        attributes TEXT NOT NULL,
        selector TEXT,
        status TEXT NOT NULL,
        PRIMARY KEY (run, position),
        UNIQUE (run, id)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER entities_stay BEFORE UPDATE ON entities
        BEGIN SELECT RAISE(ABORT, 'entities are never changed'); END;

      CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        entry TEXT NOT NULL
      ) STRICT;
      CREATE INDEX corrections_run ON corrections (run, id);
      CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections
        BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;

      CREATE TABLE exports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        format TEXT NOT NULL,
        file_name TEXT,
        filter TEXT
      ) STRICT;
      CREATE TABLE export_runs (
        export INTEGER NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        -- Length of the run's log at that time.
        corrections INTEGER NOT NULL,
        PRIMARY KEY (export, run)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX export_runs_run ON export_runs (run);

      CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `);
  },
};
