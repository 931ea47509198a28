import { expect, test, vi } from "vitest";
import { hash, plantExample } from "../../../test/support/examples.ts";
import { fakeEmbedding } from "../../../test/support/fakeEmbedding.ts";
import type { SelectStrategy } from "../entity/example.ts";
import type { ExampleQuery } from "../examplePort.ts";
import { memoryBank } from "./memoryBank.ts";

const examples = [
  plantExample("She has ⟦fever|Sign_symptom⟧ and ⟦cough|Sign_symptom⟧ at night.", "a"),
  plantExample("He takes ⟦aspirin|Medication⟧ every morning.", "b"),
  plantExample("The ⟦lung|Biological_structure⟧ was clear on the film.", "c"),
  plantExample("患者⟦发热|Sign_symptom⟧三天。", "d"),
  plantExample("既往⟦高血压|Disease_disorder⟧病史十年。", "e"),
];
const embedding = fakeEmbedding(["fever", "cough", "aspirin", "lung", "morning"]);
const bank = memoryBank({ name: "gold", examples, hash, embedding });
const ask = (text: string, select: SelectStrategy, more: Partial<ExampleQuery> = {}) =>
  bank.rank({
    text,
    select,
    language: /\p{Script=Han}/u.test(text) ? "zh" : "en",
    seed: 1,
    limit: 1,
    types: [],
    excludedSources: new Set(),
    excludedIds: new Set(),
    ...more,
  });
const sources = async (...query: Parameters<typeof ask>) =>
  (await ask(...query)).map(({ example }) => example.source);

test.each(["bm25", "sentence", "token"] as const)(
  "%s finds the example that says the same",
  async (select) => {
    expect((await sources("Aspirin in the morning", select))[0]).toBe("b");
    expect((await sources("A dry cough with fever", select))[0]).toBe("a");
    const [same] = await ask("He takes aspirin every morning.", select);
    expect(same?.similarity).toBeCloseTo(1, 2);
  },
);

test("Chinese is found by its characters and pairs, among Chinese examples", async () => {
  expect(await sources("高血压", "bm25")).toEqual(["e"]);
  expect(await sources("反复发热", "bm25")).toEqual(["d"]);
  const only = memoryBank({ name: "x", examples: examples.slice(0, 3), hash });
  const other = await only.rank({
    text: "发热",
    select: "random",
    language: "zh",
    seed: 1,
    limit: 9,
    types: [],
    excludedSources: new Set(),
    excludedIds: new Set(),
  });
  expect(other).toHaveLength(3);
});

test("while vectors are made, it is told how many there are", async () => {
  const told: string[] = [];
  const onIndexed = (done: number, total: number) => void told.push(`${done}/${total}`);
  const own = memoryBank({ name: "gold", examples: examples.slice(0, 3), hash, embedding, onIndexed });
  const query = {
    text: "fever",
    select: "sentence",
    language: "en",
    seed: 1,
    limit: 1,
    types: [],
    excludedSources: new Set<string>(),
    excludedIds: new Set<string>(),
  } as const;
  await own.rank({ ...query, select: "bm25" });
  expect(told).toEqual([]);
  await Promise.all([own.rank(query), own.rank(query)]);
  expect(told).toEqual(["1/3", "2/3", "3/3"]);
});

test("a random draw is the same for every text, and another for another seed", async () => {
  const drawn = await sources("one", "random", { limit: 3 });
  expect(await sources("quite another", "random", { limit: 3 })).toEqual(drawn);
  expect(drawn.toSorted()).toEqual(["a", "b", "c"]);
  const others = await Promise.all(
    [2, 3, 4, 5, 6].map((seed) => sources("one", "random", { limit: 3, seed })),
  );
  expect(others.some((other) => other.join() !== drawn.join())).toBe(true);
  expect((await ask("one", "random"))[0]?.similarity).toBeNull();
});

test("what is excluded never comes, and wanted types come beyond the limit", async () => {
  const excluded = { excludedSources: new Set(["b"]), excludedIds: new Set([examples[0]?.id ?? ""]) };
  expect(await sources("aspirin fever", "bm25", { ...excluded, limit: 9 })).toEqual(["c"]);
  const wide = await sources("aspirin", "bm25", { types: ["Sign_symptom", "Biological_structure"] });
  expect(wide.toSorted()).toEqual(["a", "b", "c"]);
  expect(wide[0]).toBe("b");
});

test("without an encoder only words are searched, and stored vectors take the place of made ones", async () => {
  const blind = memoryBank({ name: "x", examples, hash });
  const query = { text: "fever", language: "en", seed: 1, limit: 1, types: [] } as const;
  const open = { excludedSources: new Set<string>(), excludedIds: new Set<string>() };
  await expect(blind.rank({ ...query, ...open, select: "sentence" })).rejects.toMatchObject({
    code: "NG-EMBEDDER",
  });
  // Vectors that say the opposite: the third example is the one about fever.
  const vectors = new Int8Array(examples.length * embedding.dimension);
  vectors[2 * embedding.dimension] = 127;
  const stored = memoryBank({ name: "x", examples, hash, embedding, vectors });
  const [best] = await stored.rank({ ...query, ...open, select: "sentence" });
  expect(best?.example.source).toBe("c");
});

test("what is prepared is not made again by the first search", async () => {
  const sentence = vi.fn(embedding.sentence);
  const watched = memoryBank({ name: "x", examples, hash, embedding: { ...embedding, sentence } });
  await watched.prepare("random");
  await watched.prepare("bm25");
  expect(sentence).not.toHaveBeenCalled();
  await watched.prepare("token");
  expect(sentence).toHaveBeenCalledTimes(examples.length);
  const open = { excludedSources: new Set<string>(), excludedIds: new Set<string>() };
  await watched.rank({
    ...open,
    text: "fever",
    language: "en",
    seed: 1,
    limit: 1,
    types: [],
    select: "sentence",
  });
  expect(sentence).toHaveBeenCalledTimes(examples.length + 1);
  const blind = memoryBank({ name: "x", examples, hash });
  await expect(blind.prepare("token")).rejects.toMatchObject({
    code: "NG-EMBEDDER",
    params: { select: "token" },
  });
});

test("the identity tells banks and encoders apart, not the order", () => {
  const of = (list: typeof examples, encoder = embedding) =>
    memoryBank({ name: "x", examples: list, hash, embedding: encoder }).identity;
  expect(of(examples.toReversed())).toBe(of(examples));
  expect(of(examples.slice(1))).not.toBe(of(examples));
  expect(of(examples, fakeEmbedding([], "other"))).not.toBe(of(examples));
});

test("searches side by side do not mix", async () => {
  const texts = ["aspirin", "fever cough", "lung", "aspirin morning"];
  const together = await Promise.all(texts.map((text) => sources(text, "sentence")));
  expect(together.map(([first]) => first)).toEqual(["b", "a", "c", "b"]);
});
