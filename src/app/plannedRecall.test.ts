import { expect, test } from "vitest";
import { isIdle, openBackend } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { plannedRecall, recallOf } from "./plannedRecall.ts";

test("a plan keeps what differs from the tuned bias, for models that have one", () => {
  expect(plannedRecall("high", { grounded: true })).toEqual({ recall: 1 });
  expect(plannedRecall("balanced", { grounded: true })).toEqual({});
  expect(plannedRecall("high", { grounded: false })).toEqual({});
  expect(recallOf({ settings: { recall: -1 } })).toBe(-1);
  expect(recallOf({ settings: { language: "auto" } })).toBe(0);
});

test("new runs read with the recall that was set", async () => {
  using folder = temporaryFolder();
  await using app = await openBackend(folder.file("cases.db"));
  const prompts: (string | undefined)[] = [];
  for (const recall of ["balanced", "high", "balanced"] as const) {
    await app.ask("settings.set", { recall });
    const [fate] = await app.bring({ [`${prompts.length}.txt`]: `Cough since ${prompts.length + 2} days.` });
    await app.queueWhere((queue) => queue.items.length > prompts.length && isIdle(queue));
    const { run } = await app.ask("documents.get", { documentId: fate?.documentId ?? "" });
    prompts.push(run?.info.promptSha256);
  }
  const [first, second, third] = prompts;
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).not.toBe(first);
  expect(third).toBe(first);
});
