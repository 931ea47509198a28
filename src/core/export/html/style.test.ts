import { expect, test } from "vitest";
import { style } from "./style.ts";

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = (hex.match(/[0-9a-f]{2}/g) ?? []).map((pair) => {
    const channel = Number.parseInt(pair, 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const [light, dark] = [...style.matchAll(/:root\{([^}]*)\}/g)].map(
  ([, block = ""]) =>
    new Map([...block.matchAll(/--([a-z]+):(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex ?? ""])),
);

test.each([
  ["light", light],
  ["dark", dark],
])("text reads at 7:1 or more on every tint, %s", (_, colours) => {
  const grounds = ["page", "problem", "medication", "test", "care", "person", "time"];
  const weak = grounds.flatMap((ground) =>
    ["ink", "quiet"].flatMap((text) => {
      const ratio = contrast(colours?.get(text) ?? "", colours?.get(ground) ?? "");
      return ratio >= 7 ? [] : [`${text} on ${ground}: ${ratio.toFixed(2)}`];
    }),
  );
  expect(weak).toEqual([]);
});
