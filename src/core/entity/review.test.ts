import { describe, expect, test } from "vitest";
import type { Entity } from "./entity.ts";
import { applyReview, type ReviewAction, type ReviewedNote } from "./review.ts";

const text = "Takes aspirin 100 mg daily.\nCough since May.";
const proposed = (id: string, type: string, words: string): Entity => ({
  id,
  type,
  text: words,
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
  fragments: null,
  confidence: 0.9,
  section: "medications",
  assertion: null,
  attributes: [],
  selector: null,
  status: "proposed",
});
const aspirin = proposed("e1", "Medication", "aspirin");
const dose = proposed("e2", "Dosage", "100 mg");
const note: ReviewedNote = {
  text,
  sections: [
    { category: "medications", title: { start: 0, end: 0 }, start: 0, end: 28 },
    { category: "complaint", title: { start: 28, end: 28 }, start: 28, end: text.length },
  ],
  proposed: new Map([
    ["e1", aspirin],
    ["e2", dose],
  ]),
};
const apply = (actions: readonly ReviewAction[], from: readonly Entity[] = [aspirin, dose]) =>
  actions.reduce((entities, action, index) => applyReview(entities, action, note, `a${index}`), from);
const first = (actions: readonly ReviewAction[]) => apply(actions).find((entity) => entity.id === "e1");

describe("a decision", () => {
  test("to accept or reject changes the status alone", () => {
    expect(first([{ kind: "accept", entityId: "e1" }])).toEqual({ ...aspirin, status: "accepted" });
    expect(first([{ kind: "reject", entityId: "e1" }])).toEqual({ ...aspirin, status: "rejected" });
  });

  test("to accept leaves what a person edited as edited", () => {
    const actions: ReviewAction[] = [
      { kind: "retype", entityId: "e1", type: "Dosage" },
      { kind: "accept", entityId: "e1" },
    ];
    expect(first(actions)).toEqual({ ...aspirin, type: "Dosage", status: "edited" });
  });

  test("on the span takes its words and section from the note", () => {
    const moved = apply([{ kind: "span", entityId: "e1", start: 28, end: 33 }]);
    expect(moved.map((entity) => entity.id)).toEqual(["e2", "e1"]);
    expect(moved[1]).toMatchObject({ text: "Cough", section: "complaint", status: "edited" });
  });

  test("to add puts the entity in document order, without a confidence", () => {
    const entities = apply([{ kind: "add", type: "Frequency", start: 0, end: 5 }]);
    expect(entities.map((entity) => entity.id)).toEqual(["a0", "e1", "e2"]);
    expect(entities[0]).toMatchObject({ text: "Takes", confidence: null, status: "added" });
  });

  test("to link and unlink changes the attributes", () => {
    const link = { entityId: "e1", role: "dosage", target: "e2" } as const;
    const linked = apply([
      { kind: "link", ...link },
      { kind: "link", ...link },
    ]);
    expect(linked[0]?.attributes).toEqual([{ role: "dosage", entity: "e2" }]);
    expect(apply([{ kind: "unlink", ...link }], linked)[0]?.attributes).toEqual([]);
  });

  test("to reset goes back to what the model said, and drops what a person added", () => {
    const changed = apply([
      { kind: "span", entityId: "e2", start: 0, end: 5 },
      { kind: "add", type: "Date", start: 40, end: 43 },
    ]);
    const back = apply(
      [
        { kind: "reset", entityId: "e2" },
        { kind: "reset", entityId: "a1" },
      ],
      changed,
    );
    expect(back).toEqual([aspirin, dose]);
  });
});

test.each<[string, ReviewAction]>([
  ["an entity that is gone", { kind: "accept", entityId: "e9" }],
  ["an empty span", { kind: "span", entityId: "e1", start: 4, end: 4 }],
  ["a span past the end", { kind: "span", entityId: "e1", start: 4, end: 999 }],
  ["an empty addition", { kind: "add", type: "Date", start: 7, end: 7 }],
  ["the type it has", { kind: "retype", entityId: "e1", type: "Medication" }],
  ["a link to itself", { kind: "link", entityId: "e1", role: "dosage", target: "e1" }],
  ["an unlink of nothing", { kind: "unlink", entityId: "e1", role: "dosage", target: "e2" }],
])("%s leaves everything as it was", (_, action) => {
  expect(apply([action])).toEqual([aspirin, dose]);
});
