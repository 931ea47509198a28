import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { groundEverywhere } from "./groundEverywhere.ts";

function places(marked: string, listed: readonly [type: string, text: string][]) {
  const { text, mentions } = plant(marked);
  const found = groundEverywhere(
    text,
    listed.map(([type, words]) => ({ type, text: words })),
  );
  return {
    found: found.mentions.toSorted((a, b) => a.start - b.start || b.end - a.end),
    planted: mentions,
    ungrounded: found.ungrounded,
    listed: found.listed.length,
  };
}

test.each<[string, [string, string][], number]>([
  ["⟦pain|S⟧ and ⟦pain|S⟧ and ⟦pain|S⟧", [["S", "pain"]], 0],
  ["⟦胸痛|S⟧2天，⟦胸痛|S⟧加重", [["S", "胸痛"]], 0],
  ["⟦chest pain|S⟧, later ⟦pain|S⟧", [["S", "chest pain"], ["S", "pain"]], 0],
  ["⟦chest pain|S⟧, then ⟦pain|S⟧ and ⟦chest pain|S⟧", [["S", "chest pain"], ["S", "pain"], ["S", "chest pain"]], 0],
  ["⟦MS|D⟧ for 5 ms, ⟦MS|D⟧ again", [["D", "MS"]], 0],
  ["⟦Fever|S⟧ and ⟦fever|S⟧", [["S", "FEVER"]], 0],
  ["⟦left ⟦lung|B⟧|D⟧ and ⟦lung|B⟧", [["D", "left lung"], ["B", "lung"]], 0],
  ["no ⟦cough|S⟧", [["S", "cough"], ["S", "cough"], ["S", "chills"]], 2],
])("%j: every place, and no other", (marked, listed, ungrounded) => {
  const result = places(marked, listed);
  expect(result.found).toEqual(result.planted);
  expect(result.ungrounded).toBe(ungrounded);
  expect(result.listed).toBe(listed.length - ungrounded);
}); // biome-ignore format: one block reads best
