import { expect, test } from "vitest";
import { entityOf } from "../../../test/support/storedNotes.ts";
import type { Entity } from "./entity.ts";
import { isReviewed } from "./reviewed.ts";

const text = "Aspirin for chest pain.";
const with_ = (...statuses: Entity["status"][]) =>
  statuses.map((status, i) => ({ ...entityOf(text, `e${i}`, "Medication", "Aspirin"), status }));

test("a note is reviewed when every entity is decided", () => {
  expect(isReviewed(with_("accepted", "edited", "rejected", "added"))).toBe(true);
  expect(isReviewed(with_("accepted", "proposed"))).toBe(false);
  expect(isReviewed([])).toBe(false);
});

test("what a selector dropped waits for nobody", () => {
  const [dropped] = with_("proposed").map((entity) => ({
    ...entity,
    selector: { probability: 0.1, kept: false },
  }));
  expect(isReviewed([...with_("accepted"), ...(dropped ? [dropped] : [])])).toBe(true);
});
