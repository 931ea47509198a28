import { describe, expect, it } from "vitest";
import { formatBytes, formatDate, formatMoment, formatSeconds, typeLabel } from "./format.ts";

describe("formatDate", () => {
  const now = new Date(2026, 10, 21, 12, 0);
  it("is the time for today, the day before that, the year when it is another", () => {
    expect(formatDate(new Date(2026, 10, 21, 8, 5).toISOString(), "en", now)).toBe("08:05");
    expect(formatDate(new Date(2026, 10, 20, 8, 5).toISOString(), "en", now)).toMatch(/20.*Nov|Nov.*20/);
    expect(formatDate(new Date(2024, 10, 20).toISOString(), "en", now)).toContain("2024");
    expect(formatDate(new Date(2026, 10, 20).toISOString(), "zh", now)).toBe("11月20日");
  });
  it("is empty for what is no date", () => {
    expect(formatDate("soon", "en", now)).toBe("");
    expect(formatMoment("soon", "en")).toBe("");
  });
});

describe("formatSeconds", () => {
  it.each([
    [0, "0.1 sec"],
    [1.94, "1.9 sec"],
    [12.4, "12 sec"],
    [94, "2 min"],
    [3600, "1 hr"],
    [4800, "1 hr 20 min"],
    [3599, "1 hr"],
  ])("says %s s as %s", (seconds, words) => {
    expect(formatSeconds(seconds, "en")).toBe(words);
  });
  it("speaks Chinese", () => {
    expect(formatSeconds(94, "zh")).toBe("2分钟");
  });
});

it.each([
  [0, "0 byte"],
  [999, "999 byte"],
  [28_000_000, "28 MB"],
  [4_920_000_000, "4.9 GB"],
  [12_100_000_000_000, "12,100 GB"],
])("says %s bytes as %s", (bytes, words) => {
  expect(formatBytes(bytes, "en")).toBe(words);
});

it("names types as people do, and a user's own by its name", () => {
  expect(typeLabel("Sign_symptom", "en")).toBe("Sign or symptom");
  expect(typeLabel("Sign_symptom", "zh")).toBe("症状体征");
  expect(typeLabel("Wound_care", "en")).toBe("Wound care");
});
