import { expect, test } from "vitest";
import { parseDate, toInstant } from "./dates.ts";

test.each([
  ["2026-03-14", "2026-03-14T00:00:00Z"],
  ["2026-03-14T08:30", "2026-03-14T08:30:00Z"],
  ["2026-03-14T08:30:12.345Z", "2026-03-14T08:30:12.345Z"],
  ["2026-03-14T08:30:00+08:00", "2026-03-14T08:30:00+08:00"],
])("%s as an instant", (date, instant) => {
  expect(toInstant(date)).toBe(instant);
});

test.each(["yesterday", "2026", "2026-02-30", "2026-13-01", "14/03/2026", "2026-03-14T25:00"])(
  "%s is refused",
  (date) => {
    expect(() => toInstant(date)).toThrow(expect.objectContaining({ code: "NG-USAGE" }));
  },
);

test.each([
  ["2024-03-05", "2024-03-05"],
  ["2024/3/5", "2024-03-05"],
  ["2024.03.05", "2024-03-05"],
  ["2024年3月5日", "2024-03-05"],
  ["2024年3月", "2024-03"],
  ["2024年", "2024"],
  ["2019", "2019"],
  ["March 5, 2024", "2024-03-05"],
  ["Mar. 5th 2024", "2024-03-05"],
  ["5 March 2024", "2024-03-05"],
  ["Sept 2023", "2023-09"],
  ["may 2023", "2023-05"],
])("%s is %s", (text, date) => {
  expect(parseDate(text)).toBe(date);
});

test.each([
  "yesterday", "3 days ago", "03/05/2024", "5.3.2024", "March 5", "2024-02-30", "2024-13", "Marc 2024", "Mayor 2024",
  "day 3", "1234", "", "Monday",
])("%j is left as words", (text) => {
  expect(parseDate(text)).toBeNull();
}); // biome-ignore format: one block reads best
