import { expect, test } from "vitest";
import { parseDose } from "./dose.ts";
import { parseAge, parseDuration, parseMeasurement } from "./measurement.ts";

const ucum = "http://unitsofmeasure.org";
const quantity = (value: number, unit?: string, code?: string, comparator?: string, perTime = false) => ({
  kind: "quantity",
  perTime,
  quantity: {
    value,
    ...(comparator && { comparator }),
    ...(unit && { unit }),
    ...(code && { system: ucum, code }),
  },
});

test.each([
  ["25 mg", quantity(25, "mg", "mg")],
  ["0.5g", quantity(0.5, "g", "g")],
  ["25毫克", quantity(25, "毫克", "mg")],
  ["100 µg", quantity(100, "µg", "ug")],
  ["<0.5 ng/mL", quantity(0.5, "ng/mL", "ng/mL", "<")],
  ["≥ 90%", quantity(90, "%", "%", ">=")],
  ["5,400 /µL", quantity(5400, "/µL", "/uL")],
  ["5.4×10⁹/L", quantity(5.4, "×10⁹/L", "10*9/L")],
  ["5.4 x 10^9/L", quantity(5.4, "x 10^9/L", "10*9/L")],
  ["39.2 °C", quantity(39.2, "°C", "Cel")],
  ["39.2℃", quantity(39.2, "℃", "Cel")],
  ["two tablets", quantity(2, "tablets", "{tablet}")],
  ["2片", quantity(2, "片", "{tablet}")],
  ["10 units", quantity(10, "units")],
  ["7.4", quantity(7.4)],
  ["−5.1 mmol/l", quantity(-5.1, "mmol/l", "mmol/L")],
  ["less than 0.5 ng per milliliter", quantity(0.5, "ng per milliliter", "ng/mL", "<")],
  ["more than 4 ng/ml", quantity(4, "ng/ml", "ng/mL", ">")],
  ["大于5毫克/升", quantity(5, "毫克/升", "mg/L", ">")],
  ["15.6×109/litre", quantity(15.6, "×109/litre", "10*9/L")],
  ["2,800 cells/mm3", quantity(2800, "cells/mm3", "{cells}/mm3")],
  ["55 mm Hg", quantity(55, "mm Hg", "mm[Hg]")],
  ["110 beats per minute", quantity(110, "beats per minute", "{beats}/min", undefined, true)],
  ["10 mg/kg/day", quantity(10, "mg/kg/day", "mg/kg/d", undefined, true)],
  ["3 L/24 hours", quantity(3, "L/24 hours", "L/(24.h)", undefined, true)],
  ["60 U/kg", quantity(60, "U/kg")],
  ["750,000 units/day", quantity(750_000, "units/day", undefined, undefined, true)],
  ["36 seconds", quantity(36, "seconds", "s")],
  [".5 mg", quantity(0.5, "mg", "mg")],
])("%s is one quantity", (text, expected) => {
  expect(parseMeasurement(text)).toEqual(expected);
});

test.each(["1-2 tablets", "1–2 tablets", "1 to 2 tablets", "1至2片"])("%s is a range", (text) => {
  const range = parseMeasurement(text);
  expect(range).toMatchObject({ kind: "range", range: { low: { value: 1 }, high: { value: 2 } } });
  expect(range?.kind === "range" && range.range.low.code).toBe("{tablet}");
});

test("a range of percentages says its sign twice", () => {
  expect(parseMeasurement("20%–25%")).toMatchObject({
    range: { low: { value: 20, code: "%" }, high: { value: 25 } },
  });
});

test.each([
  ["60 mg daily", 60, 1, "d"],
  ["40 mg, 3 times daily", 40, 3, "d"],
  ["5 mg b.i.d.", 5, 2, "d"],
  ["750 mg/m2 every 4 weeks", 750, 1, "wk"],
])("%s is a dose and its frequency", (text, value, frequency, periodUnit) => {
  expect(parseDose(text)).toMatchObject({
    amount: { quantity: { value } },
    frequency: { repeat: { frequency, periodUnit } },
  });
});

test.each(["high-dose weekly", "60 mg on Monday", "1500 mg erlotinib weekly", "daily"])(
  "%s is no such dose",
  (text) => {
    expect(parseDose(text)).toBeNull();
  },
);

test.each([
  "low dose", "120/80 mmHg", "25/50 mg", "2/6", "500 mg/5 mL", "5 foo", "2-1 tablets", "5,4", "mg", "", "<", "25 mg daily",
  "<1-2 mg", "positive", "5 /", "5 per", "5 109", "80% polymorphonuclear cells",
])("%j stays text", (text) => {
  expect(parseMeasurement(text)).toBeNull();
}); // biome-ignore format: one block reads best

test.each([
  ["7 days", 7, "d"],
  ["for two weeks", 2, "wk"],
  ["x 10 days", 10, "d"],
  ["7-day", 7, "d"],
  ["10-day course", 10, "d"],
  ["3个月", 3, "mo"],
  ["两周", 2, "wk"],
  ["持续2天", 2, "d"],
  ["6 hours", 6, "h"],
])("%s lasts %d %s", (text, value, code) => {
  expect(parseDuration(text)).toMatchObject({ value, code, system: ucum });
});

test.each(["several days", "since Monday", "2–3 days", "about 3 days", "0 days", "3"])(
  "%s is no exact duration",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test.each([
  ["61-year-old", 61, "a"],
  ["61 years old", 61, "a"],
  ["61 y.o.", 61, "a"],
  ["61 y/o", 61, "a"],
  ["75–year–old", 75, "a"],
  ["a 49-year-old", 49, "a"],
  ["age of 19 years", 19, "a"],
  ["13 months of age", 13, "mo"],
  ["aged 61 years", 61, "a"],
  ["6-month-old", 6, "mo"],
  ["61岁", 61, "a"],
  ["8个月", 8, "mo"],
])("%s is an age of %d %s", (text, value, code) => {
  expect(parseAge(text)).toMatchObject({ value, code });
});

test.each(["61", "sixties", "elderly"])("%s says no unit", (text) => {
  expect(parseAge(text)).toBeNull();
});
