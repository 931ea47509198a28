import { textTable } from "../text/textTable.ts";
import { type RunComparison, SIGNIFICANCE } from "./compareRuns.ts";
import type { Measure } from "./measures.ts";
import type { Scores } from "./scoreDocuments.ts";
import { figures, percent } from "./scoreTable.ts";

/** A row of the paradigm table; null scores where it could not be read. */
export type TableRun = {
  readonly spec: string;
  readonly scores: Scores | null;
  readonly secondsPerDocument: number;
};

/** The paradigm table for a terminal: a line a run, its figures by type, and which differences are more than chance. */
export function runsTable(runs: readonly TableRun[], comparisons: readonly RunComparison[]): string {
  return [totals(runs), byType(runs), significance(comparisons)].filter((part) => part !== "").join("\n");
}

function totals(runs: readonly TableRun[]): string {
  return textTable(
    [
      { title: "run" },
      ...figures,
      { title: "95 % of F1" },
      { title: "macro F1", align: "right" },
      { title: "overlap F1", align: "right" },
      { title: "s/note", align: "right" },
    ],
    runs.map(({ spec, scores, secondsPerDocument }) => {
      if (scores === null) return [spec, "–", "–", "–", "–", "–", "–", "–"];
      const { micro, macro, relaxed } = scores;
      return [
        spec,
        percent(micro.precision),
        percent(micro.recall),
        percent(micro.f1),
        `${percent(micro.ci95[0])}–${percent(micro.ci95[1])}`,
        percent(macro.f1),
        percent(relaxed.f1),
        secondsPerDocument.toFixed(2),
      ];
    }),
  );
}

/** P, R and F1 of a run and type, in per cent. */
function allThree(measure: Measure | undefined): string {
  const { precision = 0, recall = 0, f1 = 0 } = measure ?? {};
  return [precision, recall, f1].map((share) => (share * 100).toFixed(1)).join(" ");
}

/** Only types that the gold holds: of the others the figures say nothing. */
function byType(runs: readonly TableRun[]): string {
  const read = runs.flatMap(({ spec, scores }) => (scores ? [{ spec, types: scores.types }] : []));
  const held = Object.entries(read[0]?.types ?? {}).filter(([, { support }]) => support > 0);
  if (held.length === 0) return "";
  return textTable(
    [
      { title: "strict P, R, F1 by type" },
      ...read.map(({ spec }) => ({ title: spec, align: "right" }) as const),
      { title: "gold", align: "right" },
    ],
    held.map(([type, { support }]) => [
      type,
      ...read.map(({ types }) => allThree(types[type])),
      String(support),
    ]),
  );
}

function significance(comparisons: readonly RunComparison[]): string {
  if (comparisons.length === 0) return "";
  const table = textTable(
    [
      { title: "difference of F1" },
      { title: "points", align: "right" },
      { title: "95 %" },
      { title: "p", align: "right" },
      { title: "p, Holm", align: "right" },
      { title: `below ${SIGNIFICANCE}` },
    ],
    comparisons.map(({ first, second, difference, ci95, pValue, pHolm }) => [
      `${first} − ${second}`,
      signed(difference),
      `${signed(ci95[0])} to ${signed(ci95[1])}`,
      pValue.toFixed(3),
      pHolm.toFixed(3),
      pHolm < SIGNIFICANCE ? "yes" : "no",
    ]),
  );
  return `${table}paired over documents; corrected by Holm for ${comparisons.length} comparisons\n`;
}

function signed(share: number): string {
  return `${share > 0 ? "+" : ""}${percent(share)}`;
}
