import { expect, test } from "vitest";
import { openStore } from "#store/openStore.ts";
import { plantExample } from "../../test/support/examples.ts";
import { fakeEmbedding } from "../../test/support/fakeEmbedding.ts";
import { storeBank } from "./storeBank.ts";

test("vectors of another length are told and made anew, once", async () => {
  const store = await openStore(":memory:");
  const examples = ["⟦cough|A⟧ here", "⟦fever|A⟧ there"].map((words) => plantExample(words));
  store.addExamples(examples.map((example) => ({ ...example, origin: "gold" })));
  const opened = async (axes: string[]) => {
    const progress: (readonly [number, number])[] = [];
    const encoder = fakeEmbedding(axes, axes.join());
    const bank = await storeBank("bank", store, encoder, (...step) => progress.push(step));
    return { faults: bank.faults, progress };
  };
  expect(await opened(["cough"])).toEqual({ faults: [], progress: [[2, 2]] });
  expect(await opened(["cough"])).toEqual({ faults: [], progress: [] });
  expect(await opened(["cough", "fever"])).toEqual({
    faults: [{ code: "NG-VECTORS", params: { name: "bank", stored: 2, dimension: 3 } }],
    progress: [[2, 2]],
  });
  expect(await opened(["cough", "fever"])).toEqual({ faults: [], progress: [] });
  // Of the same length, but another encoder: no word is needed, the vectors are made all the same.
  expect(await opened(["cough", "chill"])).toEqual({ faults: [], progress: [[2, 2]] });
  store.close();
});

test("marks and faults of the bank are told", async () => {
  const store = await openStore(":memory:");
  const [pinned, banned] = [plantExample("⟦cough|A⟧ here"), plantExample("⟦fever|A⟧ there")];
  const bad = { ...plantExample("headache", "x"), spans: [{ type: "A", start: 0, end: 4 }] };
  store.addExamples([pinned, banned, bad].map((example) => ({ ...example, origin: "gold" })));
  store.markExamples([pinned.id], { isPinned: true });
  store.markExamples([banned.id], { isBanned: true });
  const opened = await storeBank("bank", store, null);
  expect(opened).toMatchObject({ pinned: [pinned.id], banned: [banned.id] });
  expect(opened.bank.size).toBe(2);
  expect(opened.faults).toEqual([
    {
      code: "NG-EXAMPLES",
      params: { name: "bank", count: 1, reason: "EXAMPLE-INSIDE-WORD" },
    },
  ]);
  store.close();
});
