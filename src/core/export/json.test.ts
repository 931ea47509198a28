import fc from "fast-check";
import { expect, test } from "vitest";
import { plantExtraction } from "../../../test/oracles/plant.ts";
import { toJson } from "./json.ts";
import { toJsonLine } from "./jsonl.ts";

const negated = {
  rule: "en.denies",
  temporality: "current",
  experiencer: "patient",
  certainty: "certain",
  polarity: "negated",
} as const;

const example = plantExtraction("🩺 Denies ⟦chest pain|Sign_symptom⟧; ⟦metoprolol|Medication⟧ ⟦25 mg|Dosage⟧.", {
  e1: { assertion: negated, section: "problems", confidence: 0.912345 },
  e2: { attributes: [{ role: "dosage", entity: "e3" }], selector: { probability: 0.12344999, kept: false } },
  e3: { status: "added", confidence: null, fragments: [{ start: 33, end: 35 }, { start: 36, end: 38 }] },
}); // biome-ignore format: one block reads best

test("the whole object, keys in the promised order", () => {
  expect(JSON.stringify(toJson({ ...example, coverage: 0.98765 }), null, 1)).toMatchInlineSnapshot(`
    "{
     "schema": "notegrain/extraction@1",
     "document": {
      "id": "d1",
      "name": "adm-17.txt",
      "sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      "language": "en",
      "utf16Length": 39,
      "codePointLength": 38,
      "coverage": 0.9877
     },
     "run": {
      "model": "notegrain-compact",
      "modelSha256": "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014",
      "adapterSha256": null,
      "paradigm": "tuned",
      "outputFormat": "grounded",
      "promptSha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
      "bank": null,
      "types": [
       "Sign_symptom",
       "Medication",
       "Dosage"
      ],
      "seconds": 1.25,
      "tokensPerSecond": 812
     },
     "entities": [
      {
       "id": "e1",
       "type": "Sign_symptom",
       "text": "chest pain",
       "start": 10,
       "end": 20,
       "startCodePoint": 9,
       "endCodePoint": 19,
       "fragments": null,
       "confidence": 0.9123,
       "section": "problems",
       "assertion": {
        "polarity": "negated",
        "certainty": "certain",
        "experiencer": "patient",
        "temporality": "current",
        "rule": "en.denies"
       },
       "attributes": [],
       "selector": null,
       "status": "proposed"
      },
      {
       "id": "e2",
       "type": "Medication",
       "text": "metoprolol",
       "start": 22,
       "end": 32,
       "startCodePoint": 21,
       "endCodePoint": 31,
       "fragments": null,
       "confidence": 0.9,
       "section": null,
       "assertion": null,
       "attributes": [
        {
         "role": "dosage",
         "entity": "e3"
        }
       ],
       "selector": {
        "probability": 0.1234,
        "kept": false
       },
       "status": "proposed"
      },
      {
       "id": "e3",
       "type": "Dosage",
       "text": "25 mg",
       "start": 33,
       "end": 38,
       "startCodePoint": 32,
       "endCodePoint": 37,
       "fragments": [
        [
         33,
         35
        ],
        [
         36,
         38
        ]
       ],
       "confidence": null,
       "section": null,
       "assertion": null,
       "attributes": [],
       "selector": null,
       "status": "added"
      }
     ]
    }"
  `);
});

test("the text stands in the object only when asked for", () => {
  expect(toJson(example).document).not.toHaveProperty("text");
  expect(toJson(example, { withText: true }).document.text).toBe(example.document.text);
});

test("the date of the note is no part of it, so that the same run gives the same bytes on any day", () => {
  const later = { ...example, date: "2030-01-01" };
  expect(JSON.stringify(toJson(later))).toBe(JSON.stringify(toJson(example)));
});

test("code point offsets slice the text by code points, whatever it holds", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      (before, words) => {
        fc.pre(!/[⟦⟧|]/.test(before + words));
        const extraction = plantExtraction(`${before}⟦${words}|Age⟧ end`);
        const [entity] = toJson(extraction).entities;
        const characters = [...extraction.document.text];
        expect(characters.slice(entity?.startCodePoint, entity?.endCodePoint).join("")).toBe(words);
      },
    ),
  );
});

test("one extraction is one line, even for readers that split at every Unicode line end", () => {
  const text = "a\u2028b\u2029c\u0085d";
  const line = toJsonLine(plantExtraction(`⟦${text}|Age⟧`), { withText: true });
  expect(line.slice(0, -1)).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
  expect(line.endsWith("}\n")).toBe(true);
  expect(JSON.parse(line).document.text).toBe(text);
});
