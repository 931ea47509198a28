import type { DocumentView } from "#contract/records.ts";
import type { Entity } from "#core/entity/entity.ts";
import { foreseeStep, type ReviewAction, toChange } from "#core/entity/review.ts";

/** A step that was made on screen and that the store has not confirmed yet. */
type PendingStep = { readonly key: number; readonly actions: readonly ReviewAction[] };

/** What the reading desk holds of the open note. */
export type NoteState = {
  readonly view: DocumentView | null;
  /** What the model has found so far, while it reads. */
  readonly reading: { readonly entities: readonly Entity[]; readonly progress: number } | null;
  readonly pending: readonly PendingStep[];
  /** What is shown: the stored entities with the pending steps on top, or those of the reading. */
  readonly entities: readonly Entity[];
};

export type NoteEvent =
  | { readonly kind: "opened" }
  /** The stored state; `step` is the pending step that it confirms. */
  | { readonly kind: "stored"; readonly view: DocumentView; readonly step?: number | undefined }
  | { readonly kind: "found"; readonly entities: readonly Entity[]; readonly progress: number }
  | { readonly kind: "decided"; readonly key: number; readonly actions: readonly ReviewAction[] }
  /** The store refused the step. */
  | { readonly kind: "refused"; readonly step: number };

export const emptyNote: NoteState = { view: null, reading: null, pending: [], entities: [] };

/** The id of what step `key` adds by its action `index`, until the store has given it its own. */
export function foreseenId(key: number, index: number): string {
  return `new-${key}-${index}`;
}

/** Whether the id is the screen's and not the store's. */
export function isForeseen(id: string): boolean {
  return id.startsWith("new-");
}

/** The store's ids of what a step added, by the ids that the screen gave it. */
export function storedIds(
  view: DocumentView,
  key: number,
  actions: readonly ReviewAction[],
): readonly (readonly [foreseen: string, stored: string])[] {
  return actions.flatMap((action, index) => {
    if (action.kind !== "add") return [];
    const { type, start, end } = action;
    const found = view.entities.findLast(
      (entity) =>
        entity.status === "added" && entity.type === type && entity.start === start && entity.end === end,
    );
    return found ? [[foreseenId(key, index), found.id] as const] : [];
  });
}

/** The decision with the store's ids instead of the screen's. */
export function withStoredIds(action: ReviewAction, ids: ReadonlyMap<string, string>): ReviewAction {
  if (action.kind === "add") return action;
  const entityId = ids.get(action.entityId) ?? action.entityId;
  if (action.kind !== "link" && action.kind !== "unlink") return { ...action, entityId };
  return { ...action, entityId, target: ids.get(action.target) ?? action.target };
}

/** The state after an event. Entities that did not change stay the same objects, so that nothing repaints for them. */
export function reduceNote(state: NoteState, event: NoteEvent): NoteState {
  const next = step(state, event);
  return next === state ? state : { ...next, entities: keepSame(state.entities, shownOf(next)) };
}

function step(state: NoteState, event: NoteEvent): NoteState {
  switch (event.kind) {
    case "opened":
      return emptyNote;
    case "stored": {
      return {
        ...state,
        view: keepParts(state.view, event.view),
        reading: isActive(event.view) ? state.reading : null,
        pending: without(state.pending, event.step),
      };
    }
    case "found":
      // What was found can arrive after the end of the reading was told.
      if (state.view === null || !isActive(state.view)) return state;
      return { ...state, reading: { entities: event.entities, progress: event.progress } };
    case "decided":
      return { ...state, pending: [...state.pending, { key: event.key, actions: event.actions }] };
    case "refused":
      return { ...state, pending: without(state.pending, event.step) };
  }
}

/** The new view with the old sections and run where they are the same, so that the page is not laid out anew. */
function keepParts(before: DocumentView | null, next: DocumentView): DocumentView {
  if (before === null || before.text !== next.text) return next;
  const sections =
    before.sections.length === next.sections.length &&
    before.sections.every(
      ({ start, end, category, title }, index) =>
        next.sections[index]?.start === start &&
        next.sections[index].end === end &&
        next.sections[index].category === category &&
        sameFields(next.sections[index].title, title),
    )
      ? before.sections
      : next.sections;
  return { ...next, sections, run: before.run?.id === next.run?.id ? before.run : next.run };
}

function isActive({ status }: DocumentView): boolean {
  return status === "running" || status === "queued";
}

function without(pending: readonly PendingStep[], key: number | undefined): readonly PendingStep[] {
  return key === undefined ? pending : pending.filter((one) => one.key !== key);
}

function shownOf({ view, reading, pending }: NoteState): readonly Entity[] {
  if (reading !== null) return reading.entities;
  if (view === null) return [];
  return pending.reduce((entities, { key, actions }) => foresee(view, entities, key, actions), view.entities);
}

function foresee(
  view: DocumentView,
  entities: readonly Entity[],
  key: number,
  actions: readonly ReviewAction[],
): readonly Entity[] {
  const changes = actions.map((action, index) => toChange(action, view.sections, foreseenId(key, index)));
  try {
    return foreseeStep(view.text, entities, changes);
  } catch {
    // A step that does not fit any more (its entity went with an undo) is the store's to refuse, with a reason.
    return entities;
  }
}

/** `next` with the old object wherever an entity says the same as before. */
function keepSame(before: readonly Entity[], next: readonly Entity[]): readonly Entity[] {
  if (before === next || before.length === 0) return next;
  const byId = new Map(before.map((entity) => [entity.id, entity]));
  let changed = before.length !== next.length;
  const kept = next.map((entity, index) => {
    const old = byId.get(entity.id);
    const same = old !== undefined && (old === entity || saysSame(old, entity)) ? old : entity;
    changed ||= before[index] !== same;
    return same;
  });
  return changed ? kept : before;
}

function saysSame(a: Entity, b: Entity): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.type === b.type &&
    a.status === b.status &&
    a.confidence === b.confidence &&
    a.section === b.section &&
    sameFields(a.assertion, b.assertion) &&
    sameFields(a.selector, b.selector) &&
    sameList(a.attributes, b.attributes) &&
    sameList(a.fragments, b.fragments)
  );
}

function sameList(a: readonly object[] | null, b: readonly object[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((item, index) => sameFields(item, b[index] ?? null));
}

/** Whether two flat records hold the same values; written out, since it runs over thousands of entities at once. */
function sameFields(a: object | null, b: object | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  for (const key in a) if (a[key as keyof typeof a] !== b[key as keyof typeof b]) return false;
  return true;
}
