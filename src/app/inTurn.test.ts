import { expect, test } from "vitest";
import type { Example } from "#core/entity/example.ts";
import { checkExamples } from "#core/examples/checkExamples.ts";
import { openStore } from "#store/openStore.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { addInTurn, checkInTurn } from "./inTurn.ts";

/** Examples of a few words, of which each hundredth has a span inside a word. */
const examples = Array.from({ length: 2500 }, (_, i): Example & { readonly origin: "gold" } => ({
  id: String(i).padStart(64, "0"),
  text: `Cough number ${i}.`,
  spans: [{ type: "Sign_symptom", start: 0, end: i % 100 === 50 ? 4 : 5 }],
  source: "a",
  language: "en",
  origin: "gold",
}));

test("examples checked some at a time are those that are checked at once", async () => {
  const twice = [...examples, ...examples.slice(0, 1500)];
  expect(await checkInTurn(twice)).toEqual(checkExamples(twice));
  expect((await checkInTurn(twice)).unfit).toHaveLength(40);
});

test("other work has its turn while examples are kept, and sees a whole number of portions", async () => {
  using folder = temporaryFolder();
  const store = await openStore(folder.file("cases.db"));
  const seen = new Set<number>();
  let isDone = false;
  const look = () => {
    if (isDone) return;
    seen.add(store.listExamples({ limit: 1 }).total);
    setImmediate(look);
  };
  setImmediate(look);
  expect(await addInTurn(store, examples)).toBe(2500);
  isDone = true;
  expect([...seen]).toEqual(expect.arrayContaining([1000, 2000]));
  for (const count of seen) expect([0, 1000, 2000, 2500]).toContain(count);
  store.close();
});

test("what ended early is kept as far as it came, and the same again keeps the rest, none twice", async () => {
  using folder = temporaryFolder();
  const store = await openStore(folder.file("cases.db"));
  let calls = 0;
  const ending = {
    addExamples: (some: typeof examples) => {
      calls += 1;
      if (calls === 3) throw new Error("the disk is full");
      return store.addExamples(some);
    },
  };
  await expect(addInTurn(ending, examples)).rejects.toThrow("the disk is full");
  expect(store.allExamples()).toHaveLength(2000);
  expect(await addInTurn(store, examples)).toBe(500);
  expect(store.allExamples().map(({ id }) => id)).toEqual(examples.map(({ id }) => id));
  store.close();
});
