import type { Language } from "#core/document/noteDocument.ts";
import type { Example, ExampleSpan } from "#core/entity/example.ts";
import type { ExampleOrigin, ExampleStore, StoredExample } from "#core/exampleStore.ts";
import { present, type StoreContext } from "./context.ts";

type ExampleRow = {
  readonly id: string;
  readonly text: string;
  readonly spans: string;
  readonly source: string;
  readonly language: Language;
  readonly origin: ExampleOrigin;
  readonly source_name: string;
  readonly is_pinned: number;
  readonly is_banned: number;
  readonly read_for: string | null;
};

const SELECT_EXAMPLE = `
  SELECT examples.id, text, spans, source, examples.language, origin, coalesce(name, source) AS source_name,
    is_pinned, is_banned, read_for
  FROM examples LEFT JOIN documents ON documents.number = examples.document`;

/** The example bank. */
export function exampleCalls({ sql }: StoreContext): ExampleStore {
  const numberOf = (id: string): number =>
    present(
      sql.one<{ number: number }>("SELECT number FROM examples WHERE id = ?", [id]),
      "example",
      id.slice(0, 12),
    ).number;

  const insert = ({ readFor, ...example }: Example, origin: ExampleOrigin): void => {
    sql.run(
      `INSERT INTO examples (id, text, spans, source, language, origin, read_for, document)
       VALUES (@id, @text, @spans, @source, @language, @origin, @readFor,
         CASE @origin WHEN 'review' THEN (SELECT number FROM documents WHERE id = @source) END)
       ON CONFLICT (id) DO UPDATE SET read_for = excluded.read_for WHERE read_for IS NOT excluded.read_for`,
      { ...columns(example), origin, readFor: readForColumn(readFor) },
    );
  };

  return {
    addExamples: (examples) =>
      sql.atomically(() => {
        const count = () => sql.one<{ n: number }>("SELECT count(*) AS n FROM examples")?.n ?? 0;
        const before = count();
        for (const { origin, ...example } of examples) insert(example, origin);
        return count() - before;
      }),

    replaceReviewed: (documentId, examples) =>
      sql.atomically(() => {
        present(sql.one("SELECT 1 FROM documents WHERE id = ?", [documentId]), "document", documentId);
        const before = sql
          .all<{ id: string }>("SELECT id FROM examples WHERE source = ? AND origin = 'review'", [documentId])
          .map(({ id }) => id);
        const now = new Set(examples.map(({ id }) => id));
        for (const id of before) if (!now.has(id)) sql.run("DELETE FROM examples WHERE id = ?", [id]);
        for (const example of examples) insert(example, "review");
        return [...now].filter((id) => !before.includes(id)).length;
      }),

    listExamples: ({ search = "", type, marked, offset = 0, limit = 100 } = {}) => {
      const conditions = ["true"];
      if (search.trim() !== "") conditions.push("text LIKE @search ESCAPE '\\'");
      if (type !== undefined) {
        conditions.push("EXISTS (SELECT 1 FROM json_each(spans) WHERE value ->> 'type' = @type)");
      }
      if (marked !== undefined) conditions.push(marked === "pinned" ? "is_pinned = 1" : "is_banned = 1");
      const where = `WHERE ${conditions.join(" AND ")}`;
      const bind = { search: `%${search.trim().replace(/[\\%_]/g, "\\$&")}%`, type: type ?? null };
      const total = sql.one<{ n: number }>(`SELECT count(*) AS n FROM examples ${where}`, bind)?.n ?? 0;
      const rows = sql.all<ExampleRow>(
        `${SELECT_EXAMPLE} ${where} ORDER BY examples.number LIMIT @limit OFFSET @offset`,
        { ...bind, limit, offset },
      );
      return { total, examples: rows.map(storedExample) };
    },

    allExamples: () => sql.all<ExampleRow>(`${SELECT_EXAMPLE} ORDER BY examples.number`).map(storedExample),

    replaceExample: (id, example) =>
      sql.atomically(() => {
        const number = numberOf(id);
        sql.run("DELETE FROM examples WHERE id = ? AND number <> ?", [example.id, number]);
        sql.run(
          "DELETE FROM example_vectors WHERE example = (SELECT number FROM examples WHERE number = ? AND text <> ?)",
          [number, example.text],
        );
        sql.run(
          "UPDATE examples SET id = @id, text = @text, spans = @spans, language = @language WHERE number = @number",
          { ...columns(example), number },
        );
      }),

    markExamples: (ids, { isPinned, isBanned }) =>
      sql.atomically(() => {
        for (const id of ids) {
          sql.run(
            `UPDATE examples SET is_pinned = coalesce(@pinned, is_pinned), is_banned = coalesce(@banned, is_banned)
             WHERE number = @number`,
            {
              number: numberOf(id),
              pinned: isPinned === undefined ? null : Number(isPinned),
              banned: isBanned === undefined ? null : Number(isBanned),
            },
          );
        }
      }),

    setReadFor: (from, to) => {
      sql.run("UPDATE examples SET read_for = @to WHERE read_for = @from", {
        from: readForColumn(from),
        to: readForColumn(to ?? undefined),
      });
    },

    deleteExamples: (ids) =>
      sql.atomically(() => {
        for (const id of ids) sql.run("DELETE FROM examples WHERE id = ?", [id]);
      }),

    examplesVersion: () => sql.one<{ version: number }>("SELECT version FROM examples_version")?.version ?? 0,

    exampleVectors: (encoder) =>
      sql
        .all<{ id: string; vector: Uint8Array }>(
          "SELECT id, vector FROM example_vectors JOIN examples ON number = example WHERE encoder = ?",
          [encoder],
        )
        .map(({ id, vector }) => ({
          id,
          vector: new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength),
        })),

    keepVectors: (encoder, vectors) =>
      sql.atomically(() => {
        sql.run("DELETE FROM example_vectors WHERE encoder <> ?", [encoder]);
        for (const { id, vector } of vectors) {
          sql.run(
            `INSERT INTO example_vectors SELECT number, @encoder, @vector FROM examples WHERE id = @id
             ON CONFLICT (example) DO UPDATE SET encoder = excluded.encoder, vector = excluded.vector`,
            { id, encoder, vector: new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength) },
          );
        }
      }),

    vectorEncoders: () =>
      sql.all(
        "SELECT encoder, max(length(vector)) AS dimension, count(*) AS vectors FROM example_vectors GROUP BY encoder",
      ),
  };
}

function columns({ id, text, spans, source, language }: Example) {
  const places = spans.map(({ type, start, end }) => ({ type, start, end }));
  return { id, text, spans: JSON.stringify(places), source, language };
}

function readForColumn(types: readonly string[] | undefined): string | null {
  return types === undefined ? null : JSON.stringify([...new Set(types)].toSorted());
}

function storedExample(row: ExampleRow): StoredExample {
  return {
    id: row.id,
    text: row.text,
    spans: JSON.parse(row.spans) as ExampleSpan[],
    source: row.source,
    language: row.language,
    origin: row.origin,
    sourceName: row.source_name,
    isPinned: row.is_pinned === 1,
    isBanned: row.is_banned === 1,
    ...(row.read_for !== null && { readFor: JSON.parse(row.read_for) as string[] }),
  };
}
