import fc from "fast-check";
import { expect, test } from "vitest";
import { entityDefaults, plantExtraction } from "../../../test/oracles/plant.ts";
import type { Entity } from "../entity/entity.ts";
import { readBrat } from "../evaluate/readBrat.ts";
import { toBrat } from "./brat.ts";

const negated = {
  polarity: "negated",
  certainty: "certain",
  experiencer: "patient",
  temporality: "current",
  rule: "en.no",
} as const;

test("entities, assertion, status, links and notes, each in its kind of line", () => {
  const extraction = plantExtraction("🩺 no ⟦fever|Sign_symptom⟧, ⟦aspirin|Medication⟧ ⟦81 mg|Dosage⟧", {
    e1: { assertion: negated, section: "problems" },
    e2: { attributes: [{ role: "dosage", entity: "e3" }], status: "accepted" },
    e3: { confidence: null, status: "added" },
  });
  expect(toBrat(extraction)).toEqual({
    txt: "🩺 no fever, aspirin 81 mg",
    ann: [
      "T1\tSign_symptom 5 10\tfever",
      "T2\tMedication 12 19\taspirin",
      "T3\tDosage 20 25\t81 mg",
      "A1\tPolarity T1 negated",
      "A2\tCertainty T1 certain",
      "A3\tExperiencer T1 patient",
      "A4\tTemporality T1 current",
      "A5\tStatus T1 proposed",
      "A6\tStatus T2 accepted",
      "A7\tStatus T3 added",
      "R1\tdosage Arg1:T2 Arg2:T3",
      "#1\tAnnotatorNotes T1\tconfidence=0.9 section=problems rule=en.no",
      "#2\tAnnotatorNotes T2\tconfidence=0.9",
      "",
    ].join("\n"),
  });
});

test.each([
  ["left\nventricle", "0 4;5 14"],
  ["left\r\n\r\nventricle", "0 4;8 17"],
  ["left \n ventricle", "0 5;6 16"],
  ["left\u2028ventricle", "0 4;5 14"],
])("a span over a line end is split there and read back as one: %j", (words, offsets) => {
  const { ann, txt } = toBrat(plantExtraction(`⟦${words}|Biological_structure⟧.`));
  expect(ann.split("\n")[0]?.split("\t")[1]).toBe(`Biological_structure ${offsets}`);
  expect(readBrat(ann, txt, "a.ann")).toEqual([
    { id: "T1", type: "Biological_structure", start: 0, end: words.length, fragments: null },
  ]);
});

test("rejected and dropped entities are left out", () => {
  const extraction = plantExtraction("⟦a|Age⟧ ⟦b|Sex⟧ ⟦c|Date⟧", {
    e1: { status: "rejected" },
    e2: { selector: { probability: 0.2, kept: false } },
  });
  expect(toBrat(extraction).ann.match(/^T.*$/gm)).toEqual(["T1\tDate 4 5\tc"]);
});

const word = fc.constantFrom("pain", "胸", "👩‍⚕️", "𠮷", "x");
const gap = fc.constantFrom("", " ", "\n", "\r\n", " \n\n ", "\u2028", "\t");

/** A text of words and gaps, and the spans from one word to another, those with a space in them also in two parts. */
const noted = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 20 }).chain((pairs) => {
  const text = pairs.flat().join("");
  const at = pairs.map((_, i) => pairs.slice(0, i).flat().join("").length);
  const index = fc.nat(pairs.length - 1);
  const span = fc.tuple(index, index, fc.boolean()).map(([a, b, parted]) => {
    const start = at[Math.min(a, b)] ?? 0;
    const last = Math.max(a, b);
    const end = (at[last] ?? 0) + (pairs[last]?.[0].length ?? 0);
    const space = text.indexOf(" ", start);
    const parts = [{ start, end: space }, { start: space + 1, end }];
    return { start, end, fragments: parted && space > 0 && space < end ? parts : null };
  }); // biome-ignore format: one block reads best
  return fc.record({ text: fc.constant(text), spans: fc.array(span, { maxLength: 8 }) });
});

test("writing then reading gives the same entities, whatever the text", () => {
  fc.assert(
    fc.property(noted, ({ text, spans }) => {
      const entities = spans.map(
        (span, i): Entity => ({
          ...entityDefaults,
          ...span,
          id: `e${i + 1}`,
          text: text.slice(span.start, span.end),
        }),
      );
      const { ann, txt } = toBrat({ ...plantExtraction(text), entities });
      const place = ({ type, start, end, fragments }: Pick<Entity, "type" | "start" | "end" | "fragments">) =>
        `${type} ${start} ${end} ${fragments?.length ?? 1}`;
      expect(readBrat(ann, txt, "a.ann").map(place)).toEqual(entities.map(place));
    }),
  );
});
