import { expect, test } from "vitest";
import { sha256Hex, unlearnedGold } from "#host/useCases.ts";
import { textMark } from "../core/evaluate/learnedTexts.ts";
import { learnedNotice } from "./learnedGold.ts";

const gold = ["Fever.", "患者发热。", "No cough."].map((text, i) => ({ name: `n${i}`, text, mentions: [] }));
/** What the files learned, by their names; that without a name is the bundled model. */
const files: Readonly<Record<string, readonly string[]>> = {
  "": [],
  "base.gguf": ["Fever."],
  "ward.gguf": ["患者\r\n发热。"],
};
const learnedTexts = async (path = "") => {
  const texts = files[path];
  return texts ? new Set(texts.map((text) => textMark(text, sha256Hex))) : null;
};
const told = async (specs: readonly string[], ...systems: readonly (readonly (string | undefined)[])[]) =>
  learnedNotice(await unlearnedGold(gold, systems, learnedTexts), specs);

test("one system: how many of the documents are left out, or that it learned none", async () => {
  const line = "left out, as learned before: ";
  expect(await told([], ["base.gguf", "ward.gguf"])).toBe(`${line}2 of 3 documents\n`);
  expect(await told([], [undefined, "ward.gguf", "unknown.gguf"])).toBe(`${line}1 of 3 documents\n`);
  expect(await told([], [undefined])).toBe(`${line}0 of 3 documents\n`);
});

test("rows: how many of the documents each of them learned", async () => {
  const notice = await told(
    ["zero", "tuned", "other"],
    ["base.gguf"],
    ["base.gguf", "ward.gguf"],
    ["unknown.gguf"],
  );
  expect(notice).toBe(
    "left out of every row, as learned before: 2 of 3 documents (zero 1, tuned 2, other not known)\n",
  );
});

test("nothing is said where no file does", async () => {
  expect(await told(["tuned"], ["unknown.gguf"])).toBe("");
});
