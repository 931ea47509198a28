import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { openStore } from "./openStore.ts";

test("comparisons are kept over a restart, latest first, and can be deleted", async () => {
  using folder = temporaryFolder();
  const path = folder.file("cases.db");
  const clock = { now: () => new Date("2026-03-01T08:00:00.000Z") };
  const first = await openStore(path, { clock });
  const one = first.keepEvaluation({ rows: [1] });
  const two = first.keepEvaluation({ rows: [2] });
  first.close();
  const again = await openStore(path);
  expect(again.evaluations()).toEqual([
    { evaluationId: two, at: "2026-03-01T08:00:00.000Z", result: { rows: [2] } },
    { evaluationId: one, at: "2026-03-01T08:00:00.000Z", result: { rows: [1] } },
  ]);
  again.deleteEvaluation(two);
  expect(again.evaluations().map(({ evaluationId }) => evaluationId)).toEqual([one]);
  expect(() => again.deleteEvaluation(two)).toThrow(expect.objectContaining({ code: "NG-NOT-FOUND" }));
  again.close();
});
