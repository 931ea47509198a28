import { expect, test } from "vitest";
import { plantExample } from "../../../test/support/examples.ts";
import { foreignLabels, relabelled } from "./labels.ts";

const examples = [
  plantExample("⟦Zorbital|Chemical⟧ for ⟦gout|Disease⟧, ⟦daily|Frequency⟧."),
  plantExample("⟦Gout|Disease⟧ again."),
  plantExample("Seen by ⟦Anna|Actor⟧."),
];

test("labels that are no known types are counted, the most frequent first", () => {
  expect(foreignLabels(examples, new Set(["Frequency"]))).toEqual([
    { label: "Disease", marks: 2 },
    { label: "Actor", marks: 1 },
    { label: "Chemical", marks: 1 },
  ]);
  expect(foreignLabels(examples.slice(1, 2), new Set(["Disease"]))).toEqual([]);
});

test("a label gets another name, and two of that name on one span are one", () => {
  const spans = plantExample("⟦⟦Zorbital|Chemical⟧|Medication⟧ for ⟦gout|Disease⟧.").spans;
  expect(relabelled(spans, "Chemical", "Medication")).toEqual([
    { type: "Medication", start: 0, end: 8 },
    { type: "Disease", start: 13, end: 17 },
  ]);
  expect(relabelled(spans, "Actor", "Medication")).toEqual(spans);
});
