import { describe, expect, test } from "vitest";
import type { ReviewAction } from "#core/entity/review.ts";
import {
  emptyNote,
  foreseenId,
  type NoteEvent,
  type NoteState,
  reduceNote,
  storedIds,
  withStoredIds,
} from "./noteState.ts";
import { entityAt, noteView } from "./testNote.ts";

const text = "Fever and cough since Monday.";
const fever = entityAt(text, "e1", "Fever");
const cough = entityAt(text, "e2", "cough");
const view = noteView(text, [fever, cough]);
const stateAfter = (...events: NoteEvent[]): NoteState => events.reduce(reduceNote, emptyNote);
const accept: NoteEvent = { kind: "decided", key: 1, actions: [{ kind: "accept", entityId: "e1" }] };
const accepted = { ...fever, status: "accepted" as const };

describe("the open note", () => {
  test("shows a decision before the store has answered", () => {
    expect(stateAfter({ kind: "stored", view }, accept).entities).toEqual([accepted, cough]);
  });

  test("shows the same once the store has confirmed it, with the same objects", () => {
    const foreseen = stateAfter({ kind: "stored", view }, accept);
    const stored = noteView(text, structuredClone([accepted, cough]));
    const confirmed = reduceNote(foreseen, { kind: "stored", view: stored, step: 1 });
    expect(confirmed.pending).toEqual([]);
    expect(confirmed.entities).toBe(foreseen.entities);
  });

  test("keeps a second decision while the first is confirmed", () => {
    const second: NoteEvent = { kind: "decided", key: 2, actions: [{ kind: "reject", entityId: "e2" }] };
    const state = stateAfter({ kind: "stored", view }, accept, second, {
      kind: "stored",
      view: noteView(text, [accepted, cough]),
      step: 1,
    });
    expect(state.entities.map((entity) => entity.status)).toEqual(["accepted", "rejected"]);
  });

  test("takes a refused decision back", () => {
    const state = stateAfter({ kind: "stored", view }, accept, { kind: "refused", step: 1 });
    expect(state.entities).toEqual([fever, cough]);
  });

  test("shows a decision that fits no more as nothing", () => {
    const gone: NoteEvent = { kind: "decided", key: 3, actions: [{ kind: "accept", entityId: "e9" }] };
    expect(stateAfter({ kind: "stored", view }, gone).entities).toEqual([fever, cough]);
  });

  test("shows an addition at its place", () => {
    const add: NoteEvent = {
      kind: "decided",
      key: 4,
      actions: [{ kind: "add", type: "Date", start: 22, end: 28 }],
    };
    expect(stateAfter({ kind: "stored", view }, add).entities.map((entity) => entity.text)).toEqual([
      "Fever",
      "cough",
      "Monday",
    ]);
  });

  test("shows what the model finds while it reads, and the stored entities once it has", () => {
    const running = { ...noteView(text, []), status: "running" as const };
    const reading = stateAfter(
      { kind: "stored", view: running },
      { kind: "found", entities: [fever], progress: 0.4 },
    );
    expect(reading.entities).toEqual([fever]);
    expect(reading.reading?.progress).toBe(0.4);
    const more = reduceNote(reading, {
      kind: "found",
      entities: structuredClone([fever, cough]),
      progress: 0.9,
    });
    expect(more.entities[0]).toBe(reading.entities[0]);
    const done = reduceNote(more, { kind: "stored", view });
    expect(done.reading).toBe(null);
    expect(done.entities).toEqual([fever, cough]);
  });

  test("keeps sections and run as the same objects while they say the same", () => {
    const sections = [{ category: "plan", title: { start: 0, end: 5 }, start: 0, end: text.length }];
    const first = stateAfter({ kind: "stored", view: { ...view, sections } });
    const again = reduceNote(first, { kind: "stored", view: structuredClone({ ...view, sections }) });
    expect(again.view?.sections).toBe(first.view?.sections);
    const moved = [{ ...sections[0], end: 9 }] as typeof sections;
    const changed = reduceNote(again, { kind: "stored", view: { ...view, sections: moved } });
    expect(changed.view?.sections).toEqual(moved);
  });

  test("drops what arrives after the end of the reading", () => {
    const late: NoteEvent = { kind: "found", entities: [fever], progress: 1 };
    const state = stateAfter({ kind: "stored", view }, late);
    expect(state.reading).toBe(null);
    expect(state.entities).toEqual([fever, cough]);
  });

  test("knows an addition again under the id that the store gave it", () => {
    const monday = entityAt(text, "e3", "Monday", { type: "Date", status: "added", confidence: null });
    const add: ReviewAction = { kind: "add", type: "Date", start: monday.start, end: monday.end };
    const ids = new Map(storedIds(noteView(text, [fever, cough, monday]), 4, [add]));
    expect([...ids]).toEqual([[foreseenId(4, 0), "e3"]]);
    const early: ReviewAction = { kind: "link", entityId: "e1", role: "date", target: foreseenId(4, 0) };
    expect(withStoredIds(early, ids)).toEqual({ ...early, target: "e3" });
    expect(withStoredIds({ kind: "reject", entityId: foreseenId(4, 0) }, ids)).toEqual({
      kind: "reject",
      entityId: "e3",
    });
  });
});
