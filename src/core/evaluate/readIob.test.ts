import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { readIob } from "./readIob.ts";

test("words with tabs: joined by a space, a document a block", () => {
  const content = "No\tO\nrenal\tB-Disease\nfailure\tI-Disease\n.\tO\n\n\nAspirin\tB-Chemical\r\n81\tO\r\n";
  expect(readIob("devel", content)).toEqual([
    { name: "devel-0001", ...plant("No ⟦renal failure|Disease⟧ .") },
    { name: "devel-0002", ...plant("⟦Aspirin|Chemical⟧ 81") },
  ]);
});

test("characters with spaces: joined by nothing", () => {
  const content = "无 O\n胸 B_症状\n痛 I_症状\n， O\n𠮷 B_药物\n  O\n2 O\n";
  expect(readIob("dev", content)).toEqual([{ name: "dev-0001", ...plant("无⟦胸痛|症状⟧，⟦𠮷|药物⟧ 2") }]);
});

test("neighbours part at B and at another type; an I that goes on with nothing opens a mention", () => {
  const content = "a\tB-X\nb\tB-X\nc\tI-Y\nd\tI-Y\ne\tO\nf\tI-Y\n";
  expect(readIob("t", content)[0]).toMatchObject(plant("⟦a|X⟧⟦b|X⟧⟦cd|Y⟧e⟦f|Y⟧"));
});

test("columns in between and document lines are passed over", () => {
  const content = "-DOCSTART- -X- -X- O\n\nNo DT B-NP O\nfever NN I-NP B-Sign_symptom\n";
  expect(readIob("c", content)).toEqual([{ name: "c-0001", ...plant("No ⟦fever|Sign_symptom⟧") }]);
});

test("a line without a tag is refused by its number, without its words", () => {
  expect(() => readIob("x.txt", "No\tO\nfever\n")).toThrow(
    expect.objectContaining({
      code: "NG-GOLD",
      params: { name: "x.txt", reason: "GOLD-NO-TAG", line: 2 },
    }),
  );
});

test("an empty file holds no documents", () => {
  expect(readIob("x", "\n\n")).toEqual([]);
});
