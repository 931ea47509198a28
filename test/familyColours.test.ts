import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Rgb = readonly [number, number, number];
const css = readFileSync(new URL("../src/renderer/note/familyColours.css", import.meta.url), "utf8");
const families = ["problem", "medication", "test", "care", "person", "time"];

/** The custom properties of the block that opens with `selector`. */
function colours(selector: string): ReadonlyMap<string, Rgb> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf("}", from));
  const found = [...block.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)];
  return new Map(found.map(([, name = "", hex = ""]) => [name, linear(hex)]));
}

function linear(hex: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [a, b]
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

// Full dichromacy after Machado, Oliveira and Fernandes 2009, table 1 (severity 1.0), on linear RGB.
const visions: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  "full colour": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(colour: Rgb, vision: readonly [Rgb, Rgb, Rgb]): Rgb {
  const row = (weights: Rgb) =>
    Math.max(0, weights[0] * colour[0] + weights[1] * colour[1] + weights[2] * colour[2]);
  return [row(vision[0]), row(vision[1]), row(vision[2])];
}

/** Ottosson's OKLab: distances in it are even to the eye; 0.02 is just about visible. */
function okLab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe.each([
  ["light", ":root"],
  ["dark", ':root[data-mantine-color-scheme="dark"]'],
])("the palette of the %s theme", (_, selector) => {
  const palette = colours(selector);
  const colour = (name: string): Rgb => {
    const found = palette.get(name);
    if (found === undefined) throw new Error(`familyColours.css has no --${name} in ${selector}`);
    return found;
  };

  test("words that were found keep 7:1 on their mark", () => {
    expect(contrast(colour("note-ink"), colour("found-fill"))).toBeGreaterThanOrEqual(7);
  });

  test.each(families)("words on the tints of %s keep 7:1", (family) => {
    expect(contrast(colour("note-ink"), colour(`${family}-tint`))).toBeGreaterThanOrEqual(7);
    expect(contrast(colour("note-ink"), colour(`${family}-wash`))).toBeGreaterThanOrEqual(7);
  });

  test.each(families)("the line of %s keeps 3:1 on the page", (family) => {
    expect(contrast(colour(`${family}-line`), colour("note-page"))).toBeGreaterThanOrEqual(3);
  });

  test("quiet words keep 4.5:1 on the page", () => {
    expect(contrast(colour("note-quiet"), colour("note-page"))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.keys(visions))("the six lines stay apart with %s", (name) => {
    const vision = visions[name] as (typeof visions)[string];
    for (const [index, one] of families.entries()) {
      for (const other of families.slice(index + 1)) {
        const [a, b] = [one, other].map((family) => okLab(seen(colour(`${family}-line`), vision)));
        const distance = Math.hypot(...(a as Rgb).map((value, axis) => value - ((b as Rgb)[axis] ?? 0)));
        expect(distance, `${one} and ${other}`).toBeGreaterThanOrEqual(0.08);
      }
    }
  });
});
