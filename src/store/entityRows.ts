import type { Entity } from "#core/entity/entity.ts";
import { NotegrainError } from "#core/errors.ts";
import type { Statements } from "./statements.ts";

type EntityRow = {
  readonly id: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly fragments: string | null;
  readonly confidence: number | null;
  readonly section: string | null;
  readonly assertion: string | null;
  readonly attributes: string;
  readonly selector: string | null;
  readonly status: Entity["status"];
};

/** The entities of a run as the model gave them. `text` is that of its document. */
export function readEntities(sql: Statements, runId: number, text: string): Entity[] {
  return sql
    .all<EntityRow>(
      `SELECT id, type, start, "end", fragments, confidence, section, assertion, attributes, selector, status
       FROM entities WHERE run = ? ORDER BY position`,
      [runId],
    )
    .map((row) => ({
      id: row.id,
      type: row.type,
      text: text.slice(row.start, row.end),
      start: row.start,
      end: row.end,
      fragments: fromJson(row.fragments),
      confidence: row.confidence,
      section: row.section,
      assertion: fromJson(row.assertion),
      attributes: JSON.parse(row.attributes),
      selector: fromJson(row.selector),
      status: row.status,
    }));
}

/** Keeps what the model gave. @throws NG-INTERNAL where an entity's text is not its slice of `text`. */
export function writeEntities(
  sql: Statements,
  runId: number,
  text: string,
  entities: readonly Entity[],
): void {
  for (const [position, entity] of entities.entries()) {
    if (text.slice(entity.start, entity.end) !== entity.text) {
      throw new NotegrainError("NG-INTERNAL", { reason: `entity ${entity.id} is not at its place` });
    }
    sql.run(
      `INSERT INTO entities (run, position, id, type, start, "end", fragments, confidence, section, assertion,
         attributes, selector, status)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        runId,
        position,
        entity.id,
        entity.type,
        entity.start,
        entity.end,
        toJson(entity.fragments),
        entity.confidence,
        entity.section,
        toJson(entity.assertion),
        JSON.stringify(entity.attributes),
        toJson(entity.selector),
        entity.status,
      ],
    );
  }
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function fromJson(text: string | null) {
  return text === null ? null : JSON.parse(text);
}
