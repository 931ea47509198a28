import type { Reply } from "#core/entity/reply.ts";
import type { Statements } from "./statements.ts";

type ReplyRow = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly is_repaired: number;
  readonly is_cut_off: number;
  readonly is_unreadable: number;
  readonly ungrounded: number;
  readonly unknown_types: number;
};

/** What the model wrote freely in a run, in the order of the note; none where its output could only copy. */
export function readReplies(sql: Statements, runId: number): Reply[] {
  return sql
    .all<ReplyRow>(
      `SELECT start, "end", text, is_repaired, is_cut_off, is_unreadable, ungrounded, unknown_types
       FROM replies WHERE run = ? ORDER BY position`,
      [runId],
    )
    .map((row) => ({
      start: row.start,
      end: row.end,
      text: row.text,
      isRepaired: row.is_repaired === 1,
      isCutOff: row.is_cut_off === 1,
      isUnreadable: row.is_unreadable === 1,
      ungrounded: row.ungrounded,
      unknownTypes: row.unknown_types,
    }));
}

export function writeReplies(sql: Statements, runId: number, replies: readonly Reply[]): void {
  for (const [position, reply] of replies.entries()) {
    sql.run(
      `INSERT INTO replies (run, position, start, "end", text, is_repaired, is_cut_off, is_unreadable, ungrounded,
         unknown_types)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        runId,
        position,
        reply.start,
        reply.end,
        reply.text,
        Number(reply.isRepaired),
        Number(reply.isCutOff),
        Number(reply.isUnreadable),
        reply.ungrounded,
        reply.unknownTypes,
      ],
    );
  }
}
