import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { groundMentions } from "./groundMentions.ts";

/** Grounds the planted mentions from their words alone and compares their places. */
function expectFound(marked: string): void {
  const { text, mentions } = plant(marked);
  const free = mentions.map(({ start, end, type }) => ({ type, text: text.slice(start, end) }));
  expect(groundMentions(text, free)).toEqual(
    mentions.map(({ start, end, type }) => ({
      type,
      text: text.slice(start, end),
      span: { start, end },
      alignment: "exact",
    })),
  );
}

test.each([
  "⟦pain|S⟧ and ⟦pain|S⟧ and ⟦pain|S⟧",
  "no ache of note; ⟦fever|S⟧, then ⟦cough|S⟧ with ⟦pain|S⟧",
  "⟦⟦left lung|B⟧ cancer|D⟧ of the ⟦left lung|B⟧",
  "患者⟦胸痛|S⟧，⟦胸痛|S⟧2天，𠮷先生🩺⟦胸痛|S⟧",
  "⟦BP|T⟧ ⟦120/80|L⟧, later ⟦BP|T⟧ ⟦120/80|L⟧",
])("mentions in the order of the text find their own places: %s", (marked) => {
  expectFound(marked);
});

test("a word that also stands before what was found last is taken from after it", () => {
  const { text, mentions } = plant("pain elsewhere, ⟦fever|S⟧, ⟦pain|S⟧");
  const free = [{ type: "S", text: "fever" }, { type: "S", text: "pain" }];
  expect(groundMentions(text, free).map((found) => found.span)).toEqual(
    mentions.map(({ start, end }) => ({ start, end })),
  );
}); // biome-ignore format: one block reads best

test("a list out of order still finds every place, and a listing too many finds none", () => {
  const text = "fever, pain, fever";
  const spans = groundMentions(
    text,
    ["pain", "fever", "fever", "fever"].map((words) => ({ type: "S", text: words })),
  );
  expect(spans.map((found) => found.span)).toEqual([
    { start: 7, end: 11 },
    { start: 13, end: 18 },
    { start: 0, end: 5 },
    null,
  ]);
});

test("one place may carry two types", () => {
  const found = groundMentions("MI", [{ type: "A", text: "MI" }, { type: "B", text: "MI" }]);
  expect(found.map(({ span }) => span)).toEqual([{ start: 0, end: 2 }, { start: 0, end: 2 }]);
}); // biome-ignore format: one block reads best

test("the strictest agreement wins over the nearer place", () => {
  const [found] = groundMentions("ms and MS", [{ type: "D", text: "MS" }]);
  expect(found).toMatchObject({ span: { start: 7, end: 9 }, alignment: "exact" });
});

test("what the text does not hold is null, never a guess", () => {
  expect(groundMentions("no fever", [{ type: "S", text: "feverish" }, { type: "S", text: "" }])).toEqual([
    { type: "S", text: "feverish", span: null, alignment: null },
    { type: "S", text: "", span: null, alignment: null },
  ]);
}); // biome-ignore format: one block reads best
