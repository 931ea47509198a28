import fc from "fast-check";
import { expect, test } from "vitest";
import { fewShotOf, hash, plantExample } from "../../../test/support/examples.ts";
import type { FewShotSettings, RankedExample } from "../examplePort.ts";
import { chooseExamples } from "./chooseExamples.ts";
import { memoryBank } from "./memoryBank.ts";
import { exampleSelector } from "./selectExamples.ts";

const ranked = (marked: string, similarity: number | null = 0): RankedExample => ({
  example: plantExample(marked),
  similarity,
});
const choose = (request: Partial<Parameters<typeof chooseExamples>[0]>) =>
  chooseExamples({
    candidates: [],
    pinned: [],
    examples: 3,
    budgetTokens: 1000,
    cost: () => 10,
    types: [],
    ...request,
  });
const texts = ({ chosen }: ReturnType<typeof chooseExamples>) => chosen.map(({ example }) => example.text);

test("the most similar stands last, next to the note; a near-duplicate is passed over", () => {
  const candidates = [
    ranked("fever and cough since last Monday at home", 0.9),
    ranked("fever and cough since last Monday at home.", 0.8),
    ranked("pain in the left arm", 0.7),
    ranked("a clear film", 0.6),
    ranked("nothing new", 0.5),
  ];
  expect(choose({ candidates }).nearDuplicates).toEqual([candidates[1]]);
  expect(choose({ candidates, examples: 1 }).nearDuplicates).toEqual([]);
  expect(texts(choose({ candidates }))).toEqual([
    "a clear film",
    "pain in the left arm",
    "fever and cough since last Monday at home",
  ]);
});

test("what does not fit gives way to the next that does, and that is told", () => {
  const candidates = [ranked("short one", 0.9), ranked("a very long one", 0.8), ranked("brief", 0.7)];
  const cost = ({ example }: RankedExample) => example.text.length;
  const choice = choose({ candidates, cost, budgetTokens: 15 });
  expect(texts(choice)).toEqual(["brief", "short one"]);
  expect(choice.leftOut).toEqual([candidates[1]]);
  expect(choose({ candidates, cost, budgetTokens: 100 }).leftOut).toEqual([]);
  expect(choose({ candidates, cost, budgetTokens: 3, examples: 2 })).toEqual({
    chosen: [],
    leftOut: candidates.slice(0, 2),
    nearDuplicates: [],
  });
});

test("the less similar half makes room for types that are not shown, pinned ones stay", () => {
  const candidates = [
    ranked("⟦fever|A⟧ one", 0.9),
    ranked("⟦cough|A⟧ two", 0.8),
    ranked("⟦chill|A⟧ three", 0.7),
    ranked("⟦ache|A⟧ four", 0.6),
    ranked("⟦aspirin|B⟧ five", 0.2),
    ranked("⟦lung|C⟧ and ⟦drug|B⟧ six", 0.1),
  ];
  expect(texts(choose({ candidates, examples: 4, types: ["A", "B", "C", "D"] }))).toEqual([
    "lung and drug six",
    "chill three",
    "cough two",
    "fever one",
  ]);
  const pinned = [ranked("pinned words here", null)];
  const shown = texts(choose({ candidates, pinned, examples: 2, types: ["C"] }));
  expect(shown[0]).toBe("pinned words here");
  expect(shown[1]).toContain("six");
});

test("whatever the candidates, budget and number hold, and nothing is shown twice", () => {
  const words = fc.array(fc.constantFrom("fever", "cough", "pain", "arm", "leg", "lung"), {
    minLength: 1,
    maxLength: 6,
  });
  const candidate = fc
    .tuple(words, fc.constantFrom("A", "B", "C"), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([list, type, similarity]) =>
      ranked(`⟦${list[0]}|${type}⟧ ${list.slice(1).join(" ")}`.trim(), similarity),
    );
  const cost = ({ example }: RankedExample) => example.text.length;
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 12 }),
      fc.array(candidate, { maxLength: 2 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 5 }),
      (candidates, pinned, budgetTokens, examples) => {
        const types = ["A", "B", "C"];
        const { chosen } = choose({ candidates, pinned, budgetTokens, examples, cost, types });
        expect(chosen.length).toBeLessThanOrEqual(examples);
        expect(chosen.reduce((sum, one) => sum + cost(one), 0)).toBeLessThanOrEqual(budgetTokens);
        expect(new Set(chosen.map(({ example }) => example.text)).size).toBe(chosen.length);
      },
    ),
  );
});

const own = [
  "She came with fever and a dry cough for three days.",
  "On examination the lungs were clear on both sides.",
];
const bank = memoryBank({
  name: "gold",
  hash,
  examples: [
    plantExample("She came with ⟦fever|A⟧ and a dry ⟦cough|A⟧ for three days.", "copy-of-it"),
    plantExample("On examination the ⟦lungs|C⟧ were clear on both sides.", "copy-of-it"),
    plantExample("A ⟦fever|A⟧ without a cough for two days.", "note"),
    plantExample("Dry ⟦cough|A⟧ since Monday, no fever.", "other"),
    plantExample("⟦Aspirin|B⟧ was given at night.", "third"),
  ],
});
const selector = (few: Partial<FewShotSettings> = {}, room = { budgetTokens: 1000, cost: () => 10 }) =>
  exampleSelector(
    fewShotOf(bank, { examples: 5, budgetTokens: 1000, ...few }),
    { id: "id", name: "folder/note.txt", language: "en" },
    own,
    { types: ["A", "B", "D"], outputFormat: "grounded" },
    room,
  );
const shownSources = async (few: Partial<FewShotSettings> = {}) =>
  (await selector(few).choose(own)).map(({ source }) => source);

test.each(["random", "bm25"] as const)("%s never shows the note itself, under any name", async (select) => {
  expect((await shownSources({ select })).toSorted()).toEqual(["other", "third"]);
});

test("excluded sources, banned and pinned examples", async () => {
  const { id } = plantExample("⟦Aspirin|B⟧ was given at night.", "third");
  expect(await shownSources({ excludedSources: ["other"] })).toEqual(["third"]);
  expect(await shownSources({ banned: [id] })).toEqual(["other"]);
  expect(await shownSources({ pinned: [id], examples: 1 })).toEqual(["third"]);
  expect(await shownSources({ pinned: [id], banned: [id] })).toEqual(["other"]);
});

test("what was shown is told, with the highest likeness and the types that the bank lacks", async () => {
  const one = selector();
  await one.choose(["Aspirin at night"]);
  const before = one.shown().used.find(({ source }) => source === "third")?.similarity ?? 0;
  await one.choose(["Aspirin was given at night."]);
  const { used, missingTypes, shortened, budgetTokens } = one.shown();
  const after = used.find(({ source }) => source === "third")?.similarity ?? 0;
  expect(after).toBeGreaterThan(before);
  expect(after).toBeCloseTo(1, 3);
  expect(used[0]?.source).toBe("third");
  expect({ missingTypes, shortened, budgetTokens }).toEqual({
    missingTypes: ["D"],
    shortened: 0,
    budgetTokens: 1000,
  });
  const tight = selector({}, { budgetTokens: 15, cost: () => 10 });
  expect(await tight.choose(own)).toHaveLength(1);
  expect(tight.shown()).toMatchObject({ shortened: 1, leftOut: 1, askedTokens: 1000, budgetTokens: 15 });
  await tight.choose(own);
  expect(tight.shown()).toMatchObject({ shortened: 2, leftOut: 1 });
});

const onlyA = {
  ...plantExample("⟦Fever|A⟧ and aspirin at night.", "fourth"),
  readFor: ["A"],
};
const mixed = memoryBank({
  name: "gold",
  hash,
  examples: [onlyA, plantExample("⟦Aspirin|B⟧ was given at night.", "third")],
});
const wantedSources = async (
  types: string[],
  outputFormat: "grounded" | "brackets",
  pinned: string[] = [],
) => {
  const one = exampleSelector(
    fewShotOf(mixed, { pinned }),
    { id: "id", name: "note.txt", language: "en" },
    own,
    { types, outputFormat },
    { budgetTokens: 1000, cost: () => 10 },
  );
  const sources = (await one.choose(["Aspirin at night"])).map(({ source }) => source).toSorted();
  const { unread, unreadTypes } = one.shown();
  return { sources, unread, unreadTypes };
};

test("an example that was not read for a wanted type is never shown as if nothing of it were there", async () => {
  const hidden = { sources: ["third"], unread: 1, unreadTypes: ["B"] };
  expect(await wantedSources(["A", "B"], "grounded")).toEqual(hidden);
  expect(await wantedSources(["A", "B"], "grounded", [onlyA.id])).toEqual(hidden);
  const shown = { sources: ["fourth", "third"], unread: 0, unreadTypes: [] };
  expect(await wantedSources(["A"], "grounded")).toEqual(shown);
  expect(await wantedSources(["A", "B"], "brackets")).toEqual(shown);
  expect(await wantedSources(["B"], "brackets")).toEqual({ ...hidden, unreadTypes: ["B"] });
});

test("a bank has another identity when its examples were read for other types, and the same for their order", () => {
  const identity = (readFor?: readonly string[]) => {
    const [example] = [plantExample("⟦Fever|A⟧ at night.")];
    return memoryBank({ name: "x", hash, examples: [{ ...example, ...(readFor && { readFor }) }] }).identity;
  };
  expect(new Set([identity(), identity([]), identity(["A"]), identity(["A", "B"])]).size).toBe(4);
  expect(identity(["B", "A"])).toBe(identity(["A", "B"]));
});
