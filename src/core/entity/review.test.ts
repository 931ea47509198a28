import { describe, expect, test } from "vitest";
import { foldCorrections } from "./corrections.ts";
import type { Entity } from "./entity.ts";
import { foreseeStep, type ReviewAction, toChange } from "./review.ts";

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
const said = [proposed("e1", "Medication", "aspirin"), proposed("e2", "Dosage", "100 mg")];
const sections = [
  { category: "medications", title: { start: 0, end: 0 }, start: 0, end: 28 },
  { category: "complaint", title: { start: 28, end: 28 }, start: 28, end: text.length },
];
const change = (action: ReviewAction, id = "e3") => toChange(action, sections, id);

describe("a decision as a change of the log", () => {
  test("an addition carries its section", () => {
    expect(change({ kind: "add", type: "Sign_symptom", start: 28, end: 33 })).toEqual({
      kind: "add",
      entity: "e3",
      type: "Sign_symptom",
      start: 28,
      end: 33,
      section: "complaint",
      assertion: null,
    });
  });

  test("outside of every section it has none", () => {
    const added = toChange({ kind: "add", type: "Date", start: 3, end: 4 }, [], "e3");
    expect(added).toMatchObject({ section: null });
  });
});

test.each<[string, readonly ReviewAction[]]>([
  ["accept", [{ kind: "accept", entityId: "e1" }]],
  [
    "accept after an edit",
    [
      { kind: "retype", entityId: "e1", type: "Dosage" },
      { kind: "accept", entityId: "e1" },
    ],
  ],
  [
    "an addition that is then moved, accepted and rejected",
    [
      { kind: "add", type: "Frequency", start: 21, end: 26 },
      { kind: "span", entityId: "e3", start: 20, end: 26 },
      { kind: "accept", entityId: "e3" },
      { kind: "reject", entityId: "e3" },
    ],
  ],
  [
    "link and unlink",
    [
      { kind: "link", entityId: "e1", role: "dosage", target: "e2" },
      { kind: "reject", entityId: "e2" },
    ],
  ],
])("step by step, %s is foreseen as the log will tell it", (_, actions) => {
  const changes = actions.map((action) => change(action));
  changes.forEach((_step, index) => {
    const soFar = changes.slice(0, index + 1);
    const foreseen = soFar.reduce<readonly Entity[]>((now, one) => foreseeStep(text, now, [one]), said);
    const log = soFar.map((one) => ({ kind: "step", changes: [one] }) as const);
    expect(foreseen).toEqual(foldCorrections(text, said, log));
  });
});
