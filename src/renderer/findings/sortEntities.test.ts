import { expect, test } from "vitest";
import { entityAt } from "../note/testNote.ts";
import { nextSorting, type Sorting, sortEntities } from "./sortEntities.ts";

const text = "zinc 10 mg, Aspirin 9 mg, fever";
const entities = [
  entityAt(text, "fever", "fever", {
    confidence: 0.4,
    section: "complaint",
    selector: { probability: 0.3, kept: false },
  }),
  entityAt(text, "zinc", "zinc", { confidence: 0.9, type: "Medication", status: "accepted" }),
  entityAt(text, "ten", "10 mg", { confidence: null, type: "Dosage", status: "added" }),
  entityAt(text, "aspirin", "Aspirin", { confidence: 0.5, type: "Medication" }),
  entityAt(text, "nine", "9 mg", {
    confidence: 0.9,
    type: "Dosage",
    selector: { probability: 0.8, kept: true },
  }),
];
const order = (key: Sorting["key"], descending = false) =>
  sortEntities(entities, { key, descending }, (entity, column) => entity[column] ?? "").map((one) => one.id);

test.each<[Sorting["key"], boolean, string]>([
  ["place", false, "zinc ten aspirin nine fever"],
  ["place", true, "fever nine aspirin ten zinc"],
  ["text", false, "nine ten aspirin fever zinc"],
  ["confidence", false, "fever aspirin zinc nine ten"],
  ["confidence", true, "zinc nine aspirin fever ten"],
  ["selector", false, "fever nine zinc ten aspirin"],
  ["selector", true, "nine fever zinc ten aspirin"],
  ["type", false, "ten nine zinc aspirin fever"],
  ["type", true, "fever zinc aspirin ten nine"],
  ["section", true, "fever zinc ten aspirin nine"],
  ["status", false, "zinc ten aspirin nine fever"],
])("by %s, descending %s", (key, descending, expected) => {
  expect(order(key, descending).join(" ")).toBe(expected);
});

test("a head pressed again turns the order round, then lets it go", () => {
  const place: Sorting = { key: "place", descending: false };
  const once = nextSorting(place, "confidence");
  const twice = nextSorting(once, "confidence");
  expect([once, twice, nextSorting(twice, "confidence")]).toEqual([
    { key: "confidence", descending: true },
    { key: "confidence", descending: false },
    place,
  ]);
  expect(nextSorting(twice, "text")).toEqual({ key: "text", descending: false });
});
