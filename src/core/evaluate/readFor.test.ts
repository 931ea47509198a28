import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { saidToBeReadFor, schemeOf } from "./readFor.ts";

const known = new Set(["A", "B", "C"]);
const document = (name: string, marked: string) => ({ name, ...plant(marked) });
const own = [document("a", "⟦x|Chemical⟧ and ⟦y|A⟧"), document("b", "⟦z|Disease⟧"), document("c", "none")];
const ours = [document("a", "⟦x|A⟧"), document("b", "none")];
const readFor = (gold: typeof own, scheme: Parameters<typeof schemeOf>[1]) =>
  gold.map(schemeOf(gold, scheme)).map((one) => one.readFor);

test("a corpus with names of its own was read for what it has names for, in every document", () => {
  const types = ["A", "Chemical", "Disease"];
  expect(readFor(own, { known })).toEqual([types, types, types]);
});

test("one with known names alone counts as read for all", () => {
  expect(readFor(ours, { known })).toEqual([undefined, undefined]);
});

test("what a person says counts before all", () => {
  expect(readFor(ours, { known, stated: ["B"] })).toEqual([["B"], ["B"]]);
  const said = own.map((one) => ({ ...one, readFor: ["C"] }));
  expect(readFor(said, { known, stated: "all" })).toEqual([undefined, undefined, undefined]);
});

test("what a pack says of a document counts before the names", () => {
  const types = new Map([["b", ["A", "B"]]]);
  const gold = own.map((one) => saidToBeReadFor(one, types));
  expect(readFor(gold, { known })).toEqual([
    ["A", "Chemical"],
    ["A", "B"],
    ["A", "Chemical"],
  ]);
});
