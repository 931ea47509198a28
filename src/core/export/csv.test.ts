import fc from "fast-check";
import { expect, test } from "vitest";
import { plantExtraction } from "../../../test/oracles/plant.ts";
import { csvHeader, toCsv, toCsvRows } from "./csv.ts";

/** Reads RFC 4180 strictly: CRLF ends a record, quotes are doubled inside quotes. */
function parseCsv(csv: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: string[] = [];
  while (cell.lastIndex < csv.length) {
    const match = cell.exec(csv);
    if (!match) throw new Error("not RFC 4180");
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      records.push(record);
      record = [];
    }
  }
  return records;
}

test("a row tells all of an entity", () => {
  const extraction = plantExtraction("😷 No ⟦fever, or chills|Sign_symptom⟧ on ⟦aspirin|Medication⟧ ⟦81 mg|Dosage⟧", {
    e1: {
      assertion: { polarity: "negated", certainty: "certain", experiencer: "patient", temporality: "current", rule: "r" },
      section: "problems",
    },
    e2: { attributes: [{ role: "dosage", entity: "e3" }, { role: "route", entity: "e3" }] },
    e3: { confidence: null, status: "added" },
  }); // biome-ignore format: one block reads best
  expect(toCsvRows(extraction).split("\r\n")).toEqual([
    'adm-17.txt,e1,Sign_symptom,"fever, or chills",6,22,5,21,0.9,problems,negated,certain,patient,current,proposed,',
    "adm-17.txt,e2,Medication,aspirin,26,33,25,32,0.9,,,,,,proposed,dosage:e3;route:e3",
    "adm-17.txt,e3,Dosage,81 mg,34,39,33,38,,,,,,,added,",
    "",
  ]);
});

test("several notes share one header", () => {
  const csv = toCsv([plantExtraction("⟦61|Age⟧"), plantExtraction("⟦胸痛|Sign_symptom⟧")]);
  expect(csv.startsWith(csvHeader)).toBe(true);
  expect(parseCsv(csv).map((record) => record[3])).toEqual(["text", "61", "胸痛"]);
  expect(csvHeader.trim()).toBe(
    "document,id,type,text,start,end,start_code_point,end_code_point,confidence,section,polarity,certainty,experiencer,temporality,status,attributes",
  );
});

test.each(["=1+1", "+5", "-5 kg", "@x", "\tx", "\rx"])("the text %j cannot run as a formula", (text) => {
  const [record] = parseCsv(toCsvRows(plantExtraction(`⟦${text}|Lab_value⟧`)));
  expect(record?.[3]).toBe(`'${text}`);
});

test("a file name cannot run as a formula, and numbers are never touched", () => {
  const extraction = plantExtraction("⟦x|Age⟧", { e1: { confidence: -1 } });
  const named = { ...extraction, document: { ...extraction.document, name: "=cmd.txt" } };
  const [record] = parseCsv(toCsvRows(named));
  expect([record?.[0], record?.[8]]).toEqual(["'=cmd.txt", "-1"]);
});

test("rejected and dropped entities are left out, and links to them", () => {
  const extraction = plantExtraction("⟦a|Medication⟧ ⟦b|Dosage⟧ ⟦c|Frequency⟧", {
    e1: { attributes: [{ role: "dosage", entity: "e2" }, { role: "frequency", entity: "e3" }] },
    e2: { status: "rejected" },
    e3: { selector: { probability: 0.1, kept: false } },
  }); // biome-ignore format: one block reads best
  const records = parseCsv(toCsvRows(extraction));
  expect(records.map((record) => [record[1], record[15]])).toEqual([["e1", ""]]);
});

const special = fc.constantFrom('"', ",", "\r", "\n", "=", "'", "\t", "胸", "🩺");
const anyText = fc.string({
  unit: fc.oneof(
    special,
    fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  ),
  minLength: 1,
});

test("any text comes back", () => {
  fc.assert(
    fc.property(anyText, (words) => {
      fc.pre(!/[⟦⟧|]/.test(words));
      const [record] = parseCsv(toCsvRows(plantExtraction(`⟦${words}|Age⟧`)));
      expect(record?.[3]).toBe(/^[=+\-@\t\r]/.test(words) ? `'${words}` : words);
      expect(record).toHaveLength(16);
    }),
  );
});
