import { compareSpans, overlaps } from "../document/span.ts";
import type { AttributeRole, Entity } from "./entity.ts";
import type { Section } from "./extraction.ts";

/** One decision of a person. `add` and `span` offsets are UTF-16, half-open. */
export type ReviewAction =
  | { readonly kind: "accept" | "reject" | "reset"; readonly entityId: string }
  | { readonly kind: "retype"; readonly entityId: string; readonly type: string }
  | { readonly kind: "span"; readonly entityId: string; readonly start: number; readonly end: number }
  | { readonly kind: "add"; readonly type: string; readonly start: number; readonly end: number }
  | {
      readonly kind: "link" | "unlink";
      readonly entityId: string;
      readonly role: AttributeRole;
      readonly target: string;
    };

/** What a correction is made on: the note, its sections, and what the model said of it. */
export type ReviewedNote = {
  readonly text: string;
  readonly sections: readonly Section[];
  /** The run's own entities, which `reset` goes back to. */
  readonly proposed: ReadonlyMap<string, Entity>;
};

/**
 * The entities after one decision, in document order. What the decision cannot apply to (an entity that is
 * gone, an empty span) is left as it was. `addedId` names the entity of an `add`.
 */
export function applyReview(
  entities: readonly Entity[],
  action: ReviewAction,
  note: ReviewedNote,
  addedId: string,
): readonly Entity[] {
  if (action.kind === "add") {
    if (!isSpanOf(note.text, action)) return entities;
    return inOrder([...entities, addedEntity(action, note, addedId)]);
  }
  const at = entities.findIndex((entity) => entity.id === action.entityId);
  const before = entities[at];
  if (before === undefined) return entities;
  const after = change(before, action, note);
  if (after === before) return entities;
  const changed = after === null ? entities.toSpliced(at, 1) : entities.with(at, after);
  return action.kind === "span" || action.kind === "reset" ? inOrder(changed) : changed;
}

function change(
  entity: Entity,
  action: Exclude<ReviewAction, { kind: "add" }>,
  note: ReviewedNote,
): Entity | null {
  switch (action.kind) {
    case "accept":
      // What a person added or edited is accepted already, and should go on looking like it.
      return entity.status === "proposed" || entity.status === "rejected"
        ? { ...entity, status: "accepted" }
        : entity;
    case "reject":
      return { ...entity, status: "rejected" };
    case "reset":
      return note.proposed.get(entity.id) ?? null;
    case "retype":
      return action.type === entity.type
        ? entity
        : { ...entity, type: action.type, status: editedStatus(entity) };
    case "span":
      if (!isSpanOf(note.text, action) || (action.start === entity.start && action.end === entity.end))
        return entity;
      return {
        ...entity,
        start: action.start,
        end: action.end,
        text: note.text.slice(action.start, action.end),
        fragments: null,
        section: sectionAt(note.sections, action.start),
        status: editedStatus(entity),
      };
    case "link":
      if (entity.attributes.some(isLink(action)) || action.target === entity.id) return entity;
      return {
        ...entity,
        attributes: [...entity.attributes, { role: action.role, entity: action.target }],
        status: editedStatus(entity),
      };
    case "unlink":
      if (!entity.attributes.some(isLink(action))) return entity;
      return {
        ...entity,
        attributes: entity.attributes.filter((attribute) => !isLink(action)(attribute)),
        status: editedStatus(entity),
      };
  }
}

function isLink(action: { readonly role: AttributeRole; readonly target: string }) {
  return (attribute: { readonly role: AttributeRole; readonly entity: string }): boolean =>
    attribute.role === action.role && attribute.entity === action.target;
}

function editedStatus(entity: Entity): Entity["status"] {
  return entity.status === "added" ? "added" : "edited";
}

function isSpanOf(text: string, span: { readonly start: number; readonly end: number }): boolean {
  return 0 <= span.start && span.start < span.end && span.end <= text.length;
}

/** The category of the section that position `offset` stands in. */
function sectionAt(sections: readonly Section[], offset: number): string | null {
  return sections.find((section) => overlaps(section, { start: offset, end: offset + 1 }))?.category ?? null;
}

function addedEntity(
  action: { readonly type: string; readonly start: number; readonly end: number },
  note: ReviewedNote,
  id: string,
): Entity {
  return {
    id,
    type: action.type,
    text: note.text.slice(action.start, action.end),
    start: action.start,
    end: action.end,
    fragments: null,
    confidence: null,
    section: sectionAt(note.sections, action.start),
    assertion: null,
    attributes: [],
    selector: null,
    status: "added",
  };
}

function inOrder(entities: readonly Entity[]): readonly Entity[] {
  return entities.toSorted(compareSpans);
}
