import { type TableColumn, textTable } from "../text/textTable.ts";
import type { Scores } from "./scoreDocuments.ts";

/** Columns that every table of scores has. */
export const figures: readonly TableColumn[] = [
  { title: "P", align: "right" },
  { title: "R", align: "right" },
  { title: "F1", align: "right" },
];

/** Scores of one run for a terminal: the totals with their intervals, then each type of the schema. */
export function scoreTable(scores: Scores): string {
  const total = (name: string, kind: "micro" | "macro" | "relaxed"): string[] => {
    const { precision, recall, f1, ci95 } = scores[kind];
    return [
      name,
      percent(precision),
      percent(recall),
      percent(f1),
      `${percent(ci95[0])}–${percent(ci95[1])}`,
    ];
  };
  const totals = textTable(
    [
      { title: scores.documents === 1 ? "1 document" : `${scores.documents} documents` },
      ...figures,
      { title: "95 % of F1" },
    ],
    [total("strict, micro", "micro"), total("strict, macro", "macro"), total("overlap, micro", "relaxed")],
  );
  const types = textTable(
    [{ title: "strict, by type" }, ...figures, { title: "gold", align: "right" }],
    Object.entries(scores.types).map(([type, { precision, recall, f1, support }]) => [
      type,
      ...(support > 0 ? [percent(precision), percent(recall), percent(f1)] : ["–", "–", "–"]),
      String(support),
    ]),
  );
  const { recall, support } = scores.nested;
  const nested = support > 0 ? `nested mentions found: ${percent(recall)} % of ${support}\n` : "";
  const { support: parted, outer, fragments } = scores.discontinuous;
  const discontinuous =
    parted > 0
      ? `mentions in fragments: outer span found ${percent(outer.recall)} % of ${parted}, exact fragments ${percent(fragments.recall)} %\n`
      : "";
  return `${totals}${nested}${discontinuous}\n${types}`;
}

/** A share as per cent, with two decimals. */
export function percent(share: number): string {
  return (share * 100).toFixed(2);
}
