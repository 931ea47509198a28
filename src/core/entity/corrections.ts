import { compareSpans, type Span } from "../document/span.ts";
import { type ErrorParams, NotegrainError, type ReasonCode } from "../errors.ts";
import type { Assertion, AttributeRole, Entity, EntityStatus } from "./entity.ts";

/** One thing that a person says about an entity. Ids are those of the run that is being corrected. */
export type Change =
  | { readonly kind: "accept"; readonly entity: string }
  | { readonly kind: "reject"; readonly entity: string }
  | { readonly kind: "retype"; readonly entity: string; readonly type: string }
  /** New outer boundaries; an entity in fragments becomes one piece. */
  | ({ readonly kind: "move"; readonly entity: string } & Span)
  | { readonly kind: "assert"; readonly entity: string; readonly assertion: Assertion | null }
  /** A new entity under an id that is free (see `freeEntityId`). */
  | ({
      readonly kind: "add";
      readonly entity: string;
      readonly type: string;
      readonly section: string | null;
      readonly assertion: Assertion | null;
    } & Span)
  | { readonly kind: "link"; readonly entity: string; readonly role: AttributeRole; readonly target: string }
  | {
      readonly kind: "unlink";
      readonly entity: string;
      readonly role: AttributeRole;
      readonly target: string;
    };

/**
 * An entry of the log of a run. The log only grows: to take a step back is an entry too. One step may hold
 * several changes (accept all above a threshold), which are undone together.
 */
export type LogEntry =
  | { readonly kind: "step"; readonly changes: readonly Change[] }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" };

/** Where a log stands: the steps in force, oldest first, and those that a redo would bring back, next one last. */
export type CorrectionCursor = {
  readonly done: readonly (readonly Change[])[];
  readonly undone: readonly (readonly Change[])[];
};

/** Reads a log from its start. A new step forgets what was undone; an undo or redo of nothing does nothing. */
export function readLog(log: readonly LogEntry[]): CorrectionCursor {
  const done: (readonly Change[])[] = [];
  let undone: (readonly Change[])[] = [];
  for (const entry of log) {
    if (entry.kind === "step") {
      done.push(entry.changes);
      undone = [];
    } else {
      const [from, to] = entry.kind === "undo" ? [done, undone] : [undone, done];
      const step = from.pop();
      if (step) to.push(step);
    }
  }
  return { done, undone };
}

/** An entity on its way through the changes: what the model said of it, and what a person decided. */
type Draft = { readonly origin: Entity | null; entity: Entity; verdict: "none" | "accepted" | "rejected" };

/**
 * What stands after a person's corrections: `entities` as the model gave them, changed by the steps of `log`
 * that are in force. Nothing is removed; what was rejected stays with that status. In document order.
 * @throws NG-REQUEST where a change names an entity that is not there, an id that is taken, a link to itself,
 * or a span that is not a stretch of `text` with at least one visible character.
 */
export function foldCorrections(
  text: string,
  entities: readonly Entity[],
  log: readonly LogEntry[],
): readonly Entity[] {
  const { done } = readLog(log);
  if (done.length === 0) return entities;
  const drafts = new Map<string, Draft>(
    entities.map((entity) => [entity.id, { origin: entity, entity, verdict: verdictOf(entity.status) }]),
  );
  for (const change of done.flat()) apply(text, drafts, change);
  return [...drafts.values()]
    .map((draft) => ({ ...draft.entity, status: statusOf(draft) }))
    .sort((a, b) => compareSpans(a, b) || idNumber(a.id) - idNumber(b.id));
}

/** An id of the form "e12" that neither the entities nor the log, undone steps included, ever used. */
export function freeEntityId(entities: readonly Entity[], log: readonly LogEntry[]): string {
  const used = entities.map((entity) => entity.id);
  for (const entry of log) {
    if (entry.kind === "step") used.push(...entry.changes.map((change) => change.entity));
  }
  return `e${used.reduce((most, id) => Math.max(most, idNumber(id)), 0) + 1}`;
}

function idNumber(id: string): number {
  return Number(/^e(\d+)$/.exec(id)?.[1] ?? 0);
}

function apply(text: string, drafts: Map<string, Draft>, change: Change): void {
  if (change.kind === "add") {
    if (drafts.has(change.entity)) throw refused("CORRECTION-ID", { entity: change.entity });
    drafts.set(change.entity, { origin: null, entity: added(text, change), verdict: "accepted" });
    return;
  }
  const draft = found(drafts, change.entity);
  if ("target" in change) {
    found(drafts, change.target);
    if (change.target === change.entity) throw refused("CORRECTION-SELF", { entity: change.entity });
  }
  draft.entity = changed(text, draft.entity, change);
  // Whoever mends an entity says by it that it is there.
  draft.verdict = change.kind === "reject" ? "rejected" : "accepted";
}

function changed(text: string, entity: Entity, change: Exclude<Change, { kind: "add" }>): Entity {
  switch (change.kind) {
    case "accept":
    case "reject":
      return entity;
    case "retype":
      return { ...entity, type: change.type };
    case "assert":
      return { ...entity, assertion: change.assertion };
    case "move": {
      if (change.start === entity.start && change.end === entity.end) return entity;
      const { start, end } = change;
      return { ...entity, start, end, text: wordsOf(text, change), fragments: null };
    }
    case "link":
    case "unlink": {
      const others = entity.attributes.filter(
        (attribute) => attribute.role !== change.role || attribute.entity !== change.target,
      );
      if (change.kind === "unlink") return { ...entity, attributes: others };
      if (others.length < entity.attributes.length) return entity;
      return { ...entity, attributes: [...others, { role: change.role, entity: change.target }] };
    }
  }
}

function added(text: string, change: Extract<Change, { kind: "add" }>): Entity {
  const { entity: id, type, start, end, section, assertion } = change;
  return {
    id, type, text: wordsOf(text, change), start, end, fragments: null, confidence: null, section, assertion,
    attributes: [], selector: null, status: "added",
  }; // biome-ignore format: one line reads best
}

function verdictOf(status: EntityStatus): Draft["verdict"] {
  return status === "proposed" ? "none" : status === "rejected" ? "rejected" : "accepted";
}

function statusOf({ origin, entity, verdict }: Draft): EntityStatus {
  if (verdict === "rejected") return "rejected";
  if (origin === null) return "added";
  if (!sameStatement(origin, entity)) return "edited";
  return verdict === "accepted" ? "accepted" : "proposed";
}

/** Whether both say the same of the note: type, place, assertion and links, in whatever order these were made. */
function sameStatement(a: Entity, b: Entity): boolean {
  const links = (entity: Entity) =>
    entity.attributes.map((attribute) => `${attribute.role} ${attribute.entity}`).sort();
  const statement = (entity: Entity) =>
    JSON.stringify([
      entity.type,
      entity.start,
      entity.end,
      entity.fragments,
      entity.assertion && Object.entries(entity.assertion).sort(),
      links(entity),
    ]);
  return statement(a) === statement(b);
}

function found(drafts: ReadonlyMap<string, Draft>, id: string): Draft {
  const draft = drafts.get(id);
  if (!draft) throw refused("CORRECTION-ENTITY", { entity: id });
  return draft;
}

function wordsOf(text: string, { start, end }: Span): string {
  const words = text.slice(start, end);
  const whole =
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length;
  // A half of a surrogate pair at either edge is no character.
  if (!whole || words.trim() === "" || !words.isWellFormed()) {
    throw refused("CORRECTION-WORDS", { start, end });
  }
  return words;
}

function refused(reason: ReasonCode, values: ErrorParams): NotegrainError {
  return new NotegrainError("NG-REQUEST", { method: "correct", reason, ...values });
}
