import { expect, it } from "vitest";
import { matchesQuery } from "./paletteFilter.ts";
import { routeFromHash, routeToHash } from "./route.tsx";
import { languageOf } from "./text.ts";

it("finds every route again from its address", () => {
  for (const route of [
    { screen: "cases" },
    { screen: "queue" },
    { screen: "models" },
    { screen: "settings" },
    { screen: "about" },
    { screen: "case", caseId: "a/b #1" },
  ] as const) {
    expect(routeFromHash(routeToHash(route))).toEqual(route);
  }
});

it("goes to the cases from an address that it does not know", () => {
  expect(routeFromHash("")).toEqual({ screen: "cases" });
  expect(routeFromHash("#/nowhere")).toEqual({ screen: "cases" });
  expect(routeFromHash("#/case/")).toEqual({ screen: "cases" });
  expect(routeFromHash("#/case/%E0%A4%A")).toEqual({ screen: "case", caseId: "%E0%A4%A" });
});

it("speaks the chosen language, else the system's where it is Chinese, else English", () => {
  expect(languageOf("zh", "en-GB")).toBe("zh");
  expect(languageOf("auto", "zh-Hant-TW")).toBe("zh");
  expect(languageOf("auto", "de-AT")).toBe("en");
});

it("finds an action by parts of its words in any order", () => {
  expect(matchesQuery("Export this case", "case exp")).toBe(true);
  expect(matchesQuery("Export this case", "import")).toBe(false);
  expect(matchesQuery("显示所有按键", "按键")).toBe(true);
  expect(matchesQuery("Anything", "")).toBe(true);
});
