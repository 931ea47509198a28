import { expect, test } from "vitest";
import { createFakeEngine, tagWords } from "#engine/fakeEngine.ts";
import { plant } from "../../../test/oracles/plant.ts";
import { fewShotOf, hash, plantExample } from "../../../test/support/examples.ts";
import { stockModel } from "../../../test/support/stockModel.ts";
import type { OutputFormat } from "../entity/extraction.ts";
import { memoryBank } from "../examples/memoryBank.ts";
import { type ExtractSettings, extract, promptIdentity } from "../pipeline.ts";
import type { FewShotSettings, InferencePort } from "../ports.ts";

const bank = memoryBank({
  name: "gold",
  hash,
  examples: [
    plantExample("⟦Severe ⟦chest|Biological_structure⟧ pain|Sign_symptom⟧ [left]\nsince Monday.", "a"),
    plantExample("No ⟦cough|Sign_symptom⟧, took ⟦aspirin|Medication⟧.", "b"),
    plantExample("咳嗽三天，⟦发热|Sign_symptom⟧。", "c"),
  ],
});
function read(
  port: InferencePort,
  text: string,
  outputFormat: OutputFormat,
  fewShot: Partial<FewShotSettings> = {},
) {
  const settings: ExtractSettings = {
    types: ["Sign_symptom", "Biological_structure"],
    paradigm: "few",
    outputFormat,
    fewShot: fewShotOf(bank, fewShot),
  };
  const language = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return extract(port, {
    ...settings,
    document: { id: "d", name: "n.txt", text, sha256: "", language },
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });
}

const found = ({ entities }: Awaited<ReturnType<typeof read>>) =>
  entities.map(({ type, start, end }) => ({ type, start, end }));
const turn = (role: string, words: string) =>
  `<|start_header_id|>${role}<|end_header_id|>\n\n${words}<|eot_id|>`;

const { text, mentions } = plant("⟦pain|Sign_symptom⟧ in the ⟦chest|Biological_structure⟧");

test("grounded: examples are turns before the note, tagged as the decoder tags, most similar last", async () => {
  const port = stockModel(() => ["[Sign_symptom:pain] in the[Biological_structure: chest]"]);
  const extraction = await read(port, text, "grounded");
  expect(found(extraction)).toEqual(mentions);
  const [prompt = ""] = port.prompts;
  expect(prompt).toContain("A few notes that experts have marked come first");
  expect(prompt.slice(prompt.indexOf("<|eot_id|>") + 10)).toBe(
    turn("user", "Note:\nNo cough, took aspirin.") +
      turn("assistant", "No[Sign_symptom: cough], took aspirin.") +
      turn("user", "Note:\nSevere chest pain (left)\nsince Monday.") +
      turn("assistant", "[Sign_symptom:Severe[Biological_structure: chest] pain] (left)\nsince Monday.") +
      turn("user", "Note:\npain in the chest") +
      "<|start_header_id|>assistant<|end_header_id|>\n\n",
  );
  expect(extraction.run.bank).toBe("gold");
  expect(extraction.examples?.used.map(({ source }) => source)).toEqual(["a", "b"]);
  expect(extraction.examples?.used[0]?.similarity).toBeGreaterThan(0);
});

test("brackets: a line for each type that an example has, and for one that it lacks", async () => {
  const port = stockModel(() => [
    "Sign_symptom: [pain] in the chest",
    "Biological_structure: pain in the[ chest]",
  ]);
  await read(port, text, "brackets", { examples: 1 });
  expect(port.prompts[0]).toContain(
    turn(
      "assistant",
      "Sign_symptom:[ Severe chest pain] (left) since Monday.\nBiological_structure: Severe[ chest] pain (left) since Monday.",
    ),
  );
  const other = stockModel(() => []);
  await read(other, "No cough, took nothing", "brackets", { examples: 1 });
  expect(other.prompts[0]).toContain(
    turn(
      "assistant",
      "Sign_symptom: No[ cough], took aspirin.\nBiological_structure: No cough, took aspirin.",
    ),
  );
});

test("json: examples are answered by the list, with the brackets of the note", async () => {
  const port = stockModel(() => ['[{"type": "Sign_symptom", "text": "pain"}]']);
  const extraction = await read(port, text, "json");
  expect(found(extraction)).toEqual(mentions.slice(0, 1));
  expect(port.prompts[0]).toContain(
    turn("user", "Note:\nSevere chest pain [left]\nsince Monday.") +
      turn(
        "assistant",
        '[{"type": "Sign_symptom", "text": "Severe chest pain"}, {"type": "Biological_structure", "text": "chest"}]',
      ),
  );
});

test("Chinese notes are asked in Chinese, with Chinese examples", async () => {
  const planted = plant("⟦发热|Sign_symptom⟧两天");
  const port = stockModel(() => ["[Sign_symptom:发热]两天"]);
  const extraction = await read(port, planted.text, "grounded");
  expect(found(extraction)).toEqual(planted.mentions);
  expect(port.prompts[0]).toContain("由专家标注的病历");
  expect(port.prompts[0]).toContain(turn("assistant", "咳嗽三天，[Sign_symptom:发热]。"));
  expect(extraction.examples?.used.map(({ source }) => source)).toEqual(["c"]);
});

test("what was read for some types only is shown where there is nothing else; brackets show its own lines", async () => {
  const some = {
    ...plantExample("⟦Chest|Biological_structure⟧ pain again.", "e"),
    readFor: ["Biological_structure"],
  };
  const own = memoryBank({ name: "own", hash, examples: [some] });
  for (const outputFormat of ["grounded", "json"] as const) {
    const alone = await read(
      stockModel(() => []),
      text,
      outputFormat,
      { bank: own },
    );
    expect(alone.examples).toMatchObject({
      used: [{ source: "e" }],
      unread: 1,
      unreadTypes: ["Sign_symptom"],
    });
  }
  const asked = stockModel(() => []);
  await read(asked, text, "brackets", { bank: own });
  expect(asked.prompts[0]).toContain(turn("assistant", "Biological_structure:[ Chest] pain again."));
  const mixed = memoryBank({
    name: "mixed",
    hash,
    examples: [some, plantExample("A new ⟦cough|Sign_symptom⟧.", "f")],
  });
  const { examples } = await read(
    stockModel(() => []),
    text,
    "grounded",
    { bank: mixed },
  );
  expect(examples).toMatchObject({ used: [{ source: "f" }], unread: 1, unreadTypes: ["Sign_symptom"] });
});

test("a prompt that would exceed the context shows fewer examples, and says so", async () => {
  const wide = stockModel(() => []);
  await read(wide, text, "grounded");
  const length = (wide.prompts[0] ?? "").length;
  const port = stockModel(() => [], 2 * length);
  const extraction = await read(port, text, "grounded", { budgetTokens: 100_000 });
  expect(extraction.examples?.used).toHaveLength(2);
  const tight = stockModel(() => [], Math.round(0.8 * length));
  const shortened = await read(tight, text, "grounded", { budgetTokens: 100_000 });
  expect(shortened.coverage).toBe(1);
  expect(shortened.examples).toMatchObject({ used: [{ source: "a" }], shortened: 1 });
  expect(shortened.examples?.budgetTokens).toBeLessThan(length);
});

test("windows of a note share its examples, and the cache keeps the instruction from note to note", async () => {
  let evaluated = 0;
  const port = stockModel(() => [], 4000);
  const sequence = await port.openSequence();
  const counting: InferencePort = {
    ...port,
    openSequence: async () => ({
      ...sequence,
      get tokens() {
        return sequence.tokens;
      },
      evaluate: (tokens, wanted) => {
        evaluated += tokens.length;
        return sequence.evaluate(tokens, wanted);
      },
    }),
  };
  const long = Array.from({ length: 40 }, (_, i) => `Line ${i} has pain in the chest.`).join("\n");
  const extraction = await read(counting, long, "grounded");
  const begins = port.prompts.map((prompt) => prompt.slice(0, prompt.lastIndexOf("Note:\n")));
  expect(port.prompts.length).toBeGreaterThan(3);
  expect(new Set(begins).size).toBe(1);
  expect(extraction.examples?.used).toHaveLength(2);
  const instruction = (begins[0] ?? "").indexOf("<|start_header_id|>user");
  evaluated = 0;
  await read(counting, "cough", "grounded", { examples: 1 });
  expect(evaluated).toBeGreaterThan(0);
  expect(evaluated).toBeLessThan(instruction);
});

test("a model that learned to use examples gets its own format, for each window those like it", async () => {
  const port = createFakeEngine({ tag: tagWords({ pain: "Sign_symptom", chest: "Biological_structure" }) });
  const base = {
    ...port,
    facts: { ...port.facts, profile: port.facts.profile && { ...port.facts.profile, exampleTokens: 1000 } },
  };
  const note = plant("⟦pain|Sign_symptom⟧ in the ⟦chest|Biological_structure⟧.\nNo cough, no aspirin today.");
  const extraction = await read(base, note.text, "grounded");
  expect(found(extraction)).toEqual(note.mentions);
  expect(extraction.examples?.used.map(({ source }) => source).toSorted()).toEqual(["a", "b"]);
  await expect(read(port, note.text, "grounded")).rejects.toMatchObject({ code: "NG-MODEL-UNFIT" });
});

test("an empty bank is refused, and the identity of a prompt covers bank and settings", async () => {
  const port = stockModel(() => []);
  const empty = memoryBank({ name: "empty", hash, examples: [] });
  await expect(read(port, text, "grounded", { bank: empty })).rejects.toMatchObject({ code: "NG-BANK" });
  const of = (fewShot: Partial<FewShotSettings>, outputFormat: OutputFormat = "grounded") =>
    promptIdentity(port, { types: ["A"], paradigm: "few", outputFormat, fewShot: fewShotOf(bank, fewShot) });
  const smaller = memoryBank({ name: "gold", hash, examples: [plantExample("⟦cough|A⟧")] });
  const others = [
    { bank: smaller },
    { examples: 3 },
    { select: "random" },
    { budgetTokens: 1 },
    { seed: 2 },
    { excludedSources: ["a"] },
    { pinned: ["x"] },
    { banned: ["x"] },
  ] as const;
  expect(new Set([of({}), ...others.map((other) => of(other))]).size).toBe(others.length + 1);
  expect(of({})).toBe(of({}));
});
