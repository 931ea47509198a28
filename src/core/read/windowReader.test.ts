import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { stockModel } from "../../../test/support/stockModel.ts";
import { type ExtractSettings, extract } from "../pipeline.ts";
import type { InferencePort } from "../ports.ts";

const zero = { types: ["Sign_symptom", "Biological_structure"], paradigm: "zero" } as const;

function read(
  port: InferencePort,
  text: string,
  settings: Partial<ExtractSettings> & Pick<ExtractSettings, "outputFormat">,
) {
  return extract(port, {
    ...zero,
    ...settings,
    document: {
      id: "d",
      name: "n.txt",
      text,
      sha256: "",
      language: /\p{Script=Han}/u.test(text) ? "zh" : "en",
    },
    date: "2026-01-01T00:00:00.000Z",
    hash: (words) => words,
    now: () => 0,
  });
}

function found({ entities }: Awaited<ReturnType<typeof read>>) {
  return entities.map(({ type, start, end }) => ({ type, start, end }));
}

const json = (...mentions: [type: string, text: string][]): string =>
  JSON.stringify(mentions.map(([type, text]) => ({ type, text })));

const S = "Sign_symptom";
const B = "Biological_structure";

test("brackets: a line for each type, nested over and inside types, places exact", async () => {
  const { text, mentions } = plant(
    "⟦severe ⟦pain|Sign_symptom⟧ of the ⟦left ⟦lung|Biological_structure⟧|Biological_structure⟧|Sign_symptom⟧ [x] ⟦cough|Sign_symptom⟧.",
  );
  const port = stockModel(() => [
    "Sign_symptom:[ severe[ pain] of the left lung] (x)[ cough].",
    "Biological_structure: severe pain of the[ left[ lung]] (x) cough.",
  ]);
  const extraction = await read(port, text, { outputFormat: "brackets" });
  expect(found(extraction)).toEqual(mentions);
  expect(extraction.coverage).toBe(1);
  expect(extraction.replies).toBeUndefined();
  expect(extraction.entities[0]?.confidence).toBeGreaterThan(0.9);
});

test("brackets: lines of a note are one line, and a type's answer does not depend on the others", async () => {
  const { text, mentions } = plant("No ⟦fever|Sign_symptom⟧\n⟦cough|Sign_symptom⟧ at night");
  const port = stockModel(() => [
    "Sign_symptom: No[ fever][ cough] at night",
    "Biological_structure: No fever cough at night",
  ]);
  expect(found(await read(port, text, { outputFormat: "brackets" }))).toEqual(mentions);
  expect(found(await read(port, text, { outputFormat: "brackets", types: [S] }))).toEqual(mentions);
  expect(port.prompts[0]).toContain("Note:\nNo fever cough at night<|eot_id|>");
  const plain = await read(port, text, { outputFormat: "brackets", strategy: "plain" });
  expect(found(plain)).toEqual(mentions);
});

test("brackets: Chinese notes are asked in Chinese", async () => {
  const { text, mentions } = plant("患者⟦胸痛|Sign_symptom⟧2天，无发热。");
  const port = stockModel(() => ["Sign_symptom: 患者[胸痛]2天，无发热。"]);
  expect(found(await read(port, text, { outputFormat: "brackets", types: [S] }))).toEqual(mentions);
  expect(port.prompts[0]).toContain("你的任务是在病历中标注医学实体，每次只标注一种类型");
});

test("json: a list becomes entities, each at its place, without a made-up confidence", async () => {
  const { text, mentions } = plant(
    "⟦Pain|Sign_symptom⟧ in the ⟦chest|Biological_structure⟧, ⟦pain|Sign_symptom⟧ in the back.",
  );
  const port = stockModel(() => [json([S, "Pain"], [B, "chest"], [S, "pain"])]);
  const extraction = await read(port, text, { outputFormat: "json" });
  expect(found(extraction)).toEqual(mentions);
  expect(extraction.entities.map(({ confidence }) => confidence)).toEqual([null, null, null]);
  expect(extraction.coverage).toBe(1);
  expect(extraction.replies).toEqual([
    {
      start: 0,
      end: text.length,
      text: expect.stringContaining('"Pain"'),
      isRepaired: false,
      isCutOff: false,
      isUnreadable: false,
      ungrounded: 0,
      unknownTypes: 0,
    },
  ]);
  expect(port.prompts[0]).toContain(
    "<|end_header_id|>\n\nNote:\nPain in the chest, pain in the back.<|eot_id|>",
  );
});

test("json: what is not in the note is dropped and counted, in Chinese too", async () => {
  const { text, mentions } = plant(
    "⟦胸痛|Sign_symptom⟧2天，⟦胸 痛|Sign_symptom⟧加重，𠮷先生⟦咳嗽|Sign_symptom⟧。",
  );
  const reply = json([S, "胸痛"], [S, "胸 痛"], [S, "发热"], [S, "咳嗽"], ["Medication", "阿司匹林"]);
  const extraction = await read(
    stockModel(() => [reply]),
    text,
    { outputFormat: "json" },
  );
  expect(found(extraction)).toEqual(mentions);
  expect(extraction.replies?.[0]).toMatchObject({ ungrounded: 1, unknownTypes: 1, isRepaired: false });
});

test("json: a reply without end is cut; what it says counts, and the rest of the note is not read", async () => {
  const { text, mentions } = plant("⟦Cough|Sign_symptom⟧ and chills at night");
  const endless = stockModel(() => ['[{"type": "Sign_symptom", "text": "Cough"}, {"type": "Sign_symp…']);
  const extraction = await read(endless, text, { outputFormat: "json" });
  expect(found(extraction)).toEqual(mentions);
  expect(extraction.coverage).toBe(1 / 5);
  expect(extraction.replies?.[0]).toMatchObject({ isCutOff: true, isRepaired: true, isUnreadable: false });
});

test("json: a reply without a list loses no note", async () => {
  const extraction = await read(
    stockModel(() => ["I cannot help with that."]),
    "No fever.",
    {
      outputFormat: "json",
    },
  );
  expect(extraction.entities).toEqual([]);
  expect(extraction.coverage).toBe(0);
  expect(extraction.replies?.[0]).toMatchObject({ isUnreadable: true, text: "I cannot help with that." });
});

test("all formats give equal entities for equal answers, a type of the user's own among them", async () => {
  const { text, mentions } = plant(
    "⟦Stent|Device⟧ in the ⟦chest|Biological_structure⟧; ⟦stent|Device⟧ seen.",
  );
  const settings = {
    types: ["Biological_structure", "Device"],
    ownTypes: [{ name: "Device", definition: "An implant or an aid.", examples: [] }],
  };
  const answers = {
    grounded: ["[Device:Stent] in the[Biological_structure: chest];[Device: stent] seen."],
    brackets: [
      "Device:[ Stent] in the chest;[ stent] seen.",
      "Biological_structure: Stent in the[ chest]; stent seen.",
    ],
    json: [json(["Device", "Stent"], [B, "chest"], ["Device", "stent"])],
  };
  for (const outputFormat of ["grounded", "brackets", "json"] as const) {
    const port = stockModel(() => answers[outputFormat]);
    const extraction = await read(port, text, { ...settings, outputFormat });
    expect(found(extraction)).toEqual(mentions);
    expect(extraction.entities[0]?.assertion).toBeNull();
    expect(extraction.run.types).toEqual(settings.types);
    expect(extraction.run.promptSha256).toContain("An implant or an aid.");
    expect(port.prompts[0]).toContain("Device: An implant or an aid.");
  }
});

test("long notes are read in windows, each mention once", async () => {
  const sentences = Array.from({ length: 40 }, (_, i) => `On day ${i + 10} she had a dry cough.`);
  const { text, mentions } = plant(sentences.join(" ").replaceAll("cough", "⟦cough|Sign_symptom⟧"));
  const port = stockModel((prompt) => {
    const coughs = prompt.slice(prompt.indexOf("Note:")).match(/cough/g) ?? [];
    return [json(...coughs.map((words): [string, string] => [S, words]))];
  });
  const extraction = await read(port, text, { outputFormat: "json", types: [S] });
  expect(port.prompts.length).toBeGreaterThan(3);
  expect(extraction.coverage).toBe(1);
  expect(extraction.replies?.length).toBe(port.prompts.length);
  expect(found(extraction)).toEqual(mentions);
});

test.each(["brackets", "json"] as const)(
  "%s: refused by a model that was trained for tags",
  async (outputFormat) => {
    const port = stockModel(() => []);
    const profile = { bos: 0, sep: 1, eos: 2, close: 3, open: new Map() };
    const own = {
      ...port,
      facts: {
        ...port.facts,
        profile: {
          ...profile,
          openBias: 0,
          temperature: 1,
          calibration: null,
          windowTokens: 9,
          windowSentences: null,
          exampleTokens: 0,
          maxDepth: 3,
          habits: null,
        },
      },
    };
    await expect(read(own, "x", { outputFormat, paradigm: "tuned" })).rejects.toMatchObject({
      code: "NG-MODEL-UNFIT",
    });
    await expect(read(port, "x", { outputFormat, paradigm: "tuned" })).rejects.toMatchObject({
      code: "NG-MODEL-UNFIT",
    });
    await expect(
      read(
        stockModel(() => [], 300),
        "x",
        { outputFormat },
      ),
    ).rejects.toMatchObject({ code: "NG-CONTEXT" });
  },
);

test("brackets: a name with a bracket or a colon is refused", async () => {
  const attempt = read(
    stockModel(() => []),
    "x",
    { outputFormat: "brackets", types: ["A:B"] },
  );
  await expect(attempt).rejects.toMatchObject({ code: "NG-TYPES" });
});

test.each([
  ["grounded", ["[Sign_symptom:MEDICATIONS]", "MEDICATIONS:[Sign_symptom: cough] now"]],
  ["brackets", ["Sign_symptom:[ MEDICATIONS]", "Sign_symptom: MEDICATIONS:[ cough] now"]],
  ["json", [json([S, "MEDICATIONS"], [S, "cough"])]],
] as const)("%s: no entity begins in a title that announces what follows", async (outputFormat, answers) => {
  const { text, mentions } = plant("MEDICATIONS: ⟦cough|Sign_symptom⟧ now");
  const port = stockModel(() => answers);
  expect(found(await read(port, text, { outputFormat, types: [S] }))).toEqual(mentions);
});

test("what no mention holds at its ends is taken off", async () => {
  const { text, mentions } = plant("⟦cough|Sign_symptom⟧, now");
  const port = stockModel(() => ["[Sign_symptom:cough,] now"]);
  expect(found(await read(port, text, { outputFormat: "grounded", types: [S] }))).toEqual(mentions);
});
