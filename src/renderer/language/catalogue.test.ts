import { describe, expect, it } from "vitest";
import { keyCatalogue } from "../frame/keys/keyCatalogue.ts";
import { catalogue, type Texts } from "./catalogue.ts";

const sources = Object.values(
  import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
    eager: true,
    query: "?raw",
    import: "default",
  }),
).join("\n");

/** All texts by full key, plural forms under one: "cases:found". */
function flat(language: "en" | "zh"): Map<string, string> {
  const found = new Map<string, string>();
  function add(prefix: string, texts: Texts): void {
    for (const [key, value] of Object.entries(texts)) {
      if (typeof value === "string") found.set(`${prefix}${key}`.replace(/_(one|other)$/, ""), value);
      else add(`${prefix}${key}.`, value);
    }
  }
  for (const [area, texts] of Object.entries(catalogue[language])) add(`${area}:`, texts);
  return found;
}
const english = flat("en");
const chinese = flat("zh");

describe("the texts", () => {
  it("are there in both languages", () => {
    expect(english.size).toBeGreaterThan(150);
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("are not empty, and fill in the same values in both languages", () => {
    const values = (text = "") => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
    for (const [key, text] of english) {
      expect(text.trim(), key).not.toBe("");
      expect(chinese.get(key)?.trim(), key).not.toBe("");
      const theirs = values(chinese.get(key)).filter((value) => value !== "{{count}}");
      expect(theirs, key).toEqual(values(text).filter((value) => value !== "{{count}}"));
    }
  });

  it("exist for every key that the screens ask for", () => {
    const asked = [...sources.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key = ""]) => key);
    const all = [...asked, ...keyCatalogue.map((definition) => definition.label)].map(withArea);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((key) => !english.has(key))).toEqual([]);
  });

  it("are all asked for", () => {
    const literals = new Set([...sources.matchAll(/"([\w:.]+)"/g)].map(([, text = ""]) => withArea(text)));
    const starts = [...sources.matchAll(/`([\w:.]+\.)\$\{/g)].map(([, text = ""]) => withArea(text));
    const unused = [...english.keys()].filter(
      (key) => !literals.has(key) && !starts.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });
});

function withArea(key: string): string {
  return key.includes(":") ? key : `app:${key}`;
}
