import { compareSpans } from "../document/span.ts";
import { type Change, foldCorrections } from "./corrections.ts";
import type { AttributeRole, Entity } from "./entity.ts";
import type { Section } from "./extraction.ts";

/** One decision of a person. `add` and `span` offsets are UTF-16, half-open. */
export type ReviewAction =
  | { readonly kind: "accept" | "reject"; readonly entityId: string }
  | { readonly kind: "retype"; readonly entityId: string; readonly type: string }
  | { readonly kind: "span"; readonly entityId: string; readonly start: number; readonly end: number }
  | { readonly kind: "add"; readonly type: string; readonly start: number; readonly end: number }
  | {
      readonly kind: "link" | "unlink";
      readonly entityId: string;
      readonly role: AttributeRole;
      readonly target: string;
    };

/** The decision as a change of the log. `addedId` names the entity of an `add`. */
export function toChange(action: ReviewAction, sections: readonly Section[], addedId: string): Change {
  switch (action.kind) {
    case "accept":
    case "reject":
      return { kind: action.kind, entity: action.entityId };
    case "retype":
      return { kind: "retype", entity: action.entityId, type: action.type };
    case "span":
      return { kind: "move", entity: action.entityId, start: action.start, end: action.end };
    case "add": {
      const { type, start, end } = action;
      const section = sections.find((one) => one.start <= start && start < one.end)?.category ?? null;
      return { kind: "add", entity: addedId, type, start, end, section, assertion: null };
    }
    case "link":
    case "unlink":
      return { kind: action.kind, entity: action.entityId, role: action.role, target: action.target };
  }
}

/**
 * The entities as they will stand after one more step, worked out from those that stand now: what a screen
 * shows until the store has answered. Entities that the step does not touch stay the same objects.
 * @throws NG-REQUEST as `foldCorrections`
 */
export function foreseeStep(
  text: string,
  entities: readonly Entity[],
  changes: readonly Change[],
): readonly Entity[] {
  const named = new Set(
    changes.flatMap((change) => [change.entity, "target" in change ? change.target : ""]),
  );
  const before = new Map(
    entities.filter((entity) => named.has(entity.id)).map((entity) => [entity.id, entity]),
  );
  const after = new Map(
    foldCorrections(text, [...before.values()], [{ kind: "step", changes }]).map((entity) => [
      entity.id,
      remembering(before.get(entity.id), entity),
    ]),
  );
  const added = [...after.values()].filter((entity) => !before.has(entity.id));
  return [...entities.map((entity) => after.get(entity.id) ?? entity), ...added].sort(compareSpans);
}

/** The fold knows only what it starts from: an entity that was edited or added before looks untouched to it. */
function remembering(before: Entity | undefined, after: Entity): Entity {
  const status =
    (before?.status === "added" && after.status !== "rejected") ||
    (before?.status === "edited" && after.status === "accepted")
      ? before.status
      : after.status;
  return status === after.status ? after : { ...after, status };
}
