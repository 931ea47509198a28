import { expect, test } from "vitest";
import { entityAt } from "../note/testNote.ts";
import { countEntities } from "./countEntities.ts";

test("entities are counted by type, section and status", () => {
  const text = "fever cough aspirin";
  const counts = countEntities([
    entityAt(text, "e1", "fever", { section: "plan" }),
    entityAt(text, "e2", "cough", { status: "accepted" }),
    entityAt(text, "e3", "aspirin", { type: "Medication", section: "plan" }),
  ]);
  expect([...counts.types]).toEqual([
    ["Sign_symptom", 2],
    ["Medication", 1],
  ]);
  expect([...counts.sections]).toEqual([
    ["plan", 2],
    ["", 1],
  ]);
  expect([...counts.statuses]).toEqual([
    ["proposed", 2],
    ["accepted", 1],
  ]);
});
