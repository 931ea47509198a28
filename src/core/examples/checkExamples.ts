import { splitPieces } from "../document/pieces.ts";
import { contains, overlaps } from "../document/span.ts";
import type { Example } from "../entity/example.ts";

/** Why an example cannot be shown. */
export const exampleFaults = {
  outside: "their spans leave the text",
  insideWord: "their spans begin or end inside a word",
  crossing: "their spans cross each other",
} as const;
export type ExampleFault = keyof typeof exampleFaults;

/**
 * Checks an example's spans against its own text. A wrong example teaches the model wrong borders, and tags can
 * stand only at the borders of pieces.
 * @returns null where all is well
 */
export function faultOf({ text, spans }: Pick<Example, "text" | "spans">): ExampleFault | null {
  const isOutside = ({ start, end }: Example["spans"][number]) =>
    !Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > text.length;
  if (spans.some(isOutside)) return "outside";
  const pieces = splitPieces(text);
  const starts = new Set(pieces.map((piece) => piece.start));
  const ends = new Set(pieces.map((piece) => piece.end));
  if (spans.some(({ start, end }) => !starts.has(start) || !ends.has(end))) return "insideWord";
  const cross = spans.some((a, index) =>
    spans.slice(index + 1).some((b) => overlaps(a, b) && !contains(a, b) && !contains(b, a)),
  );
  return cross ? "crossing" : null;
}

/** What can be shown, and how many of the others have which fault. */
export type CheckedExamples = {
  readonly examples: readonly Example[];
  readonly faults: ReadonlyMap<ExampleFault, number>;
};

/** Parts the examples that can be shown from the others; the same example twice counts once. */
export function checkExamples(examples: readonly Example[]): CheckedExamples {
  const good = new Map<string, Example>();
  const faults = new Map<ExampleFault, number>();
  for (const example of examples) {
    const fault = faultOf(example);
    if (fault === null) good.set(example.id, example);
    else faults.set(fault, (faults.get(fault) ?? 0) + 1);
  }
  return { examples: [...good.values()], faults };
}
