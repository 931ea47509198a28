import { compareSpans, type Span } from "#core/document/span.ts";
import { type AttributeRole, type Entity, isDropped } from "#core/entity/entity.ts";
import type { ReviewAction } from "#core/entity/review.ts";
import { type Edge, moveEdge, neighbourWord, type Unit, wordFrom } from "./boundaries.ts";

/** What the next key means. */
export type DeskMode =
  | { readonly kind: "read" }
  /** A type is being chosen, for the current entity or for words that become one. */
  | { readonly kind: "retype" }
  | { readonly kind: "add"; readonly span: Span }
  /** Words are being selected by keyboard. */
  | { readonly kind: "select"; readonly span: Span }
  /** The next entity chosen will describe `from`. */
  | { readonly kind: "link"; readonly from: string };

export type DeskState = { readonly current: string | null; readonly mode: DeskMode };

export type DeskCommand =
  | { readonly kind: "next" | "previous" | "leastCertain" | "cancel" | "confirm" }
  | { readonly kind: "accept" | "reject" | "retype" | "link" }
  | { readonly kind: "focus"; readonly id: string }
  | { readonly kind: "choose"; readonly type: string }
  | { readonly kind: "edge"; readonly edge: Edge; readonly direction: -1 | 1; readonly unit: Unit }
  | { readonly kind: "span"; readonly span: Span }
  /** Space: the words selected with the pointer become an entity, or a selection by keyboard begins. */
  | { readonly kind: "add"; readonly selected: Span | null }
  | { readonly kind: "word"; readonly direction: -1 | 1; readonly extend: boolean; readonly unit: Unit }
  | { readonly kind: "unlink"; readonly role: AttributeRole; readonly target: string }
  | { readonly kind: "acceptAbove"; readonly threshold: number };

/** What the desk shows: the entities that the filter leaves, in document order, and the text. */
export type DeskSight = { readonly text: string; readonly visible: readonly Entity[] };

/** A command's outcome: where the desk stands then, and the decisions to store as one step. */
export type DeskTurn = { readonly state: DeskState; readonly actions: readonly ReviewAction[] };

export const restingDesk: DeskState = { current: null, mode: { kind: "read" } };
const reading: DeskMode = { kind: "read" };

/** What a command does. Nothing here waits, draws or stores. */
export function deskTurn(state: DeskState, command: DeskCommand, sight: DeskSight): DeskTurn {
  const current = sight.visible.find((entity) => entity.id === state.current);
  const stay = { state, actions: [] };
  const at = (id: string | undefined): DeskTurn =>
    id === undefined ? stay : { state: { ...state, current: id }, actions: [] };

  switch (command.kind) {
    case "cancel":
      return state.mode.kind === "read"
        ? { state: restingDesk, actions: [] }
        : { state: { ...state, mode: reading }, actions: [] };
    case "next":
      return at(nextOf(sight, state.current, current)?.id);
    case "previous":
      return at(previousOf(sight, state.current, current)?.id);
    case "leastCertain":
      return at(leastCertain(sight.visible, current)?.id);
    case "focus":
      return state.mode.kind === "link" ? linkTo(state, command.id, sight) : at(command.id);
    case "confirm":
      if (state.mode.kind === "link" && current) return linkTo(state, current.id, sight);
      if (state.mode.kind === "select")
        return { state: { ...state, mode: { kind: "add", span: state.mode.span } }, actions: [] };
      return stay;
    case "accept":
    case "reject":
      if (current === undefined) return stay;
      return {
        state: { current: (nextUndecided(sight, current) ?? current).id, mode: reading },
        actions: [{ kind: command.kind, entityId: current.id }],
      };
    case "retype":
      return current === undefined ? stay : { state: { ...state, mode: { kind: "retype" } }, actions: [] };
    case "choose":
      return chooseType(state, command.type, current);
    case "edge":
      if (state.mode.kind === "select") {
        const span = moveEdge(sight.text, state.mode.span, command.edge, command.direction, command.unit);
        return { state: { ...state, mode: { kind: "select", span } }, actions: [] };
      }
      if (current === undefined) return stay;
      return moved(
        state,
        current,
        moveEdge(sight.text, current, command.edge, command.direction, command.unit),
      );
    case "span":
      return current === undefined ? stay : moved(state, current, command.span);
    case "add":
      return beginAdding(state, command.selected, current, sight);
    case "word":
      return state.mode.kind === "select" ? moveSelection(state, state.mode.span, command, sight) : stay;
    case "link":
      return current === undefined
        ? stay
        : { state: { ...state, mode: { kind: "link", from: current.id } }, actions: [] };
    case "unlink":
      if (current === undefined) return stay;
      return {
        state,
        actions: [{ kind: "unlink", entityId: current.id, role: command.role, target: command.target }],
      };
    case "acceptAbove":
      return {
        state,
        actions: acceptableAbove(sight.visible, command.threshold).map((entity) => ({
          kind: "accept",
          entityId: entity.id,
        })),
      };
  }
}

/** Undecided entities of at least this confidence; not those that a selector dropped. */
export function acceptableAbove(visible: readonly Entity[], threshold: number): Entity[] {
  return visible.filter(
    (entity) =>
      entity.status === "proposed" &&
      !isDropped(entity) &&
      entity.confidence !== null &&
      entity.confidence >= threshold,
  );
}

const roleOfType: Readonly<Record<string, AttributeRole>> = {
  Dosage: "dosage",
  Administration: "route",
  Frequency: "frequency",
  Duration: "duration",
  Lab_value: "value",
  Severity: "severity",
  Biological_structure: "site",
  Date: "date",
  Age: "age",
};

/** The role that an entity of this type can play for another; undefined where it describes nothing. */
export function roleOf(type: string): AttributeRole | undefined {
  return roleOfType[type];
}

function linkTo(state: DeskState, target: string, { visible }: DeskSight): DeskTurn {
  if (state.mode.kind !== "link") return { state, actions: [] };
  const { from } = state.mode;
  const role = roleOf(visible.find((entity) => entity.id === target)?.type ?? "");
  // An entity that describes nothing cannot be the target: the choice goes on.
  if (role === undefined || target === from) return { state: { ...state, current: target }, actions: [] };
  return {
    state: { current: from, mode: reading },
    actions: [{ kind: "link", entityId: from, role, target }],
  };
}

function chooseType(state: DeskState, type: string, current: Entity | undefined): DeskTurn {
  const rest = { ...state, mode: reading };
  if (state.mode.kind === "add") return { state: rest, actions: [{ kind: "add", type, ...state.mode.span }] };
  if (state.mode.kind === "retype" && current !== undefined && current.type !== type)
    return { state: rest, actions: [{ kind: "retype", entityId: current.id, type }] };
  return { state: rest, actions: [] };
}

function moved(state: DeskState, entity: Entity, span: Span): DeskTurn {
  if (span.start === entity.start && span.end === entity.end) return { state, actions: [] };
  return {
    state,
    actions: [{ kind: "span", entityId: entity.id, start: span.start, end: span.end }],
  };
}

function beginAdding(
  state: DeskState,
  selected: Span | null,
  current: Entity | undefined,
  { text }: DeskSight,
): DeskTurn {
  if (state.mode.kind === "select" && selected === null)
    return { state: { ...state, mode: { kind: "add", span: state.mode.span } }, actions: [] };
  if (selected !== null) return { state: { ...state, mode: { kind: "add", span: selected } }, actions: [] };
  const span = wordFrom(text, current?.end ?? 0);
  return span === null
    ? { state, actions: [] }
    : { state: { ...state, mode: { kind: "select", span } }, actions: [] };
}

function moveSelection(
  state: DeskState,
  span: Span,
  command: Extract<DeskCommand, { kind: "word" }>,
  { text }: DeskSight,
): DeskTurn {
  const next = command.extend
    ? moveEdge(text, span, "end", command.direction, command.unit)
    : neighbourWord(text, span, command.direction);
  return { state: { ...state, mode: { kind: "select", span: next } }, actions: [] };
}

function nextOf({ visible }: DeskSight, id: string | null, current: Entity | undefined): Entity | undefined {
  if (id === null || current === undefined) return visible[0];
  return visible[visible.indexOf(current) + 1];
}

function previousOf(
  { visible }: DeskSight,
  id: string | null,
  current: Entity | undefined,
): Entity | undefined {
  if (id === null || current === undefined) return visible.at(-1);
  return visible[visible.indexOf(current) - 1];
}

/** The undecided entity after `current` in the text, so that a review goes on by itself. */
function nextUndecided({ visible }: DeskSight, current: Entity): Entity | undefined {
  return visible.find(
    (entity) =>
      entity.status === "proposed" && entity.id !== current.id && compareSpans(current, entity) <= 0,
  );
}

/** The least certain undecided entity; from that one on, the next in line. */
function leastCertain(visible: readonly Entity[], current: Entity | undefined): Entity | undefined {
  const line = acceptableAbove(visible, 0).sort((a, b) => (a.confidence ?? 0) - (b.confidence ?? 0));
  const at = current === undefined ? -1 : line.indexOf(current);
  return line[at + 1] ?? line[0];
}
