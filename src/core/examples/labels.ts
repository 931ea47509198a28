import { sameSpan } from "../document/span.ts";
import type { Example, ExampleSpan } from "../entity/example.ts";

/** A name that stands at marks, and how many there are of it. */
export type LabelCount = { readonly label: string; readonly marks: number };

/** The names at marks that are none of these types, the most frequent first. */
export function foreignLabels(
  examples: readonly Pick<Example, "spans">[],
  known: ReadonlySet<string>,
): LabelCount[] {
  const counts = new Map<string, number>();
  for (const { spans } of examples) {
    for (const { type } of spans) if (!known.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .map(([label, marks]) => ({ label, marks }))
    .toSorted((a, b) => b.marks - a.marks || (a.label < b.label ? -1 : 1));
}

/** The spans with one label under another name; a span that then stands there twice is there once. */
export function relabelled(spans: readonly ExampleSpan[], label: string, type: string): ExampleSpan[] {
  const renamed = spans.map((span) => (span.type === label ? { ...span, type } : span));
  return renamed.filter(
    (span, index) =>
      renamed.findIndex((other) => other.type === span.type && sameSpan(other, span)) === index,
  );
}
