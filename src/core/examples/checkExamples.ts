import { splitPieces } from "../document/pieces.ts";
import { contains, overlaps } from "../document/span.ts";
import type { Example } from "../entity/example.ts";

/** Why an example cannot be shown, by the codes of resources/reasons.json. */
export type ExampleFault =
  | "EXAMPLE-OUTSIDE"
  | "EXAMPLE-INSIDE-WORD"
  | "EXAMPLE-CROSSING"
  | "EXAMPLE-OTHER-WORDS";

/**
 * Checks an example's spans against its own text. A wrong example teaches the model wrong borders, and tags can
 * stand only at the borders of pieces.
 * @returns null where all is well
 */
export function faultOf({ text, spans }: Pick<Example, "text" | "spans">): ExampleFault | null {
  const isOutside = ({ start, end }: Example["spans"][number]) =>
    !Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > text.length;
  if (spans.some(isOutside)) return "EXAMPLE-OUTSIDE";
  const pieces = splitPieces(text);
  const starts = new Set(pieces.map((piece) => piece.start));
  const ends = new Set(pieces.map((piece) => piece.end));
  if (spans.some(({ start, end }) => !starts.has(start) || !ends.has(end))) return "EXAMPLE-INSIDE-WORD";
  const cross = spans.some((a, index) =>
    spans.slice(index + 1).some((b) => overlaps(a, b) && !contains(a, b) && !contains(b, a)),
  );
  return cross ? "EXAMPLE-CROSSING" : null;
}

/** An example that cannot be shown. */
export type UnfitExample<Kind extends Example = Example> = {
  readonly example: Kind;
  readonly fault: ExampleFault;
};

export type CheckedExamples<Kind extends Example = Example> = {
  /** Those that can be shown; the same one twice counts once. */
  readonly examples: readonly Kind[];
  readonly unfit: readonly UnfitExample<Kind>[];
};

/** Parts the examples that can be shown from the others. */
export function checkExamples<Kind extends Example>(
  examples: readonly (Kind & { readonly fault?: ExampleFault })[],
): CheckedExamples<Kind> {
  const good = new Map<string, Kind>();
  const unfit: UnfitExample<Kind>[] = [];
  for (const example of examples) {
    const fault = example.fault ?? faultOf(example);
    if (fault === null) good.set(example.id, example);
    else unfit.push({ example, fault });
  }
  return { examples: [...good.values()], unfit };
}
