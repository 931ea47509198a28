import type { TFunction } from "i18next";
import type { EvaluatedRow, EvaluationRow } from "#contract/evaluation.ts";
import { rowKey } from "#contract/evaluation.ts";
import type { ChosenModel, InstalledModel } from "#contract/records.ts";
import { type SelectStrategy, selectStrategies } from "#core/entity/example.ts";
import type { Paradigm } from "#core/entity/extraction.ts";
import type { RunComparison } from "#core/evaluate/compareRuns.ts";
import { SIGNIFICANCE } from "#core/evaluate/compareRuns.ts";

/** How a system reads, in words: "By examples (similar words)". */
export function wayOf(
  { paradigm, select }: Pick<EvaluationRow, "paradigm" | "select">,
  t: TFunction,
): string {
  const way = t(`models:paradigms.${paradigm}.name`);
  return select === null ? way : t("evaluation:wayWith", { way, select: t(`evaluation:select.${select}`) });
}

/** What the parts of a system are called. */
type Names = Pick<EvaluatedRow, "model" | "adapter" | "selector">;

/** A system in words: the model, its adapter, how it reads, and who judges that. */
export function systemName(
  { model, adapter, selector }: Names,
  row: Pick<EvaluationRow, "paradigm" | "select">,
  t: TFunction,
): string {
  const weights = adapter === null ? model : `${model} + ${adapter}`;
  const system = t("evaluation:system", { model: weights, way: wayOf(row, t) });
  return selector === null ? system : t("evaluation:judged", { system, selector });
}

/** The names of a system's parts among the models that are installed. */
export function namesOf(row: ChosenModel, models: readonly InstalledModel[]): Names {
  const nameOf = (id: string) => models.find((model) => model.id === id)?.report.name ?? id;
  const { modelId, adapterId, selectorId } = row;
  return {
    model: nameOf(modelId),
    adapter: adapterId === null ? null : nameOf(adapterId),
    selector: selectorId == null ? null : nameOf(selectorId),
  };
}

/** The row as a choice for new notes. */
export function chosenOf({ modelId, adapterId, selectorId, paradigm }: EvaluationRow): ChosenModel {
  return { modelId, adapterId, selectorId, paradigm };
}

/** A choice as a row. @param select how its examples are chosen, where it needs some */
export function rowOf(chosen: ChosenModel, select: SelectStrategy): EvaluationRow {
  return {
    ...chosen,
    selectorId: chosen.selectorId ?? null,
    select: chosen.paradigm === "few" ? select : null,
  };
}

/** The rows with one more at the end, where it is not among them. */
export function withRow(rows: readonly EvaluationRow[], row: EvaluationRow): readonly EvaluationRow[] {
  return rows.some((one) => rowKey(one) === rowKey(row)) ? rows : [...rows, row];
}

/** The paradigm table of a row's weights: a row for each way in which they can read, and for each choice of examples. */
export function everyWay(row: EvaluationRow, ways: ReadonlySet<Paradigm>): readonly EvaluationRow[] {
  const all = [
    { paradigm: "zero", select: null },
    ...selectStrategies.map((select) => ({ paradigm: "few", select }) as const),
    { paradigm: "tuned", select: null },
  ] as const;
  return all.filter(({ paradigm }) => ways.has(paradigm)).map((way) => ({ ...row, ...way }));
}

/** A comparison read from its better side. */
export type Verdict = {
  readonly better: number;
  readonly worse: number;
  /** F1, better less worse, 0 to 1. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly pHolm: number;
  readonly isSignificant: boolean;
};

/** Every comparison as a statement, the clearest first. */
export function verdictsOf(comparisons: readonly RunComparison[]): readonly Verdict[] {
  return comparisons
    .map(({ first, second, difference, ci95: [low, high], pHolm }): Verdict => {
      const turned = difference < 0;
      return {
        better: Number(turned ? second : first),
        worse: Number(turned ? first : second),
        difference: Math.abs(difference),
        low: turned ? -high : low,
        high: turned ? -low : high,
        pHolm,
        isSignificant: pHolm < SIGNIFICANCE,
      };
    })
    .sort((a, b) => a.pHolm - b.pHolm || b.difference - a.difference);
}

/** The place of the row with the highest F1; null where none was read. */
export function bestRow(rows: readonly EvaluatedRow[]): number | null {
  const read = rows.flatMap(({ scores }, index) => (scores ? [{ index, f1: scores.micro.f1 }] : []));
  return read.sort((a, b) => b.f1 - a.f1)[0]?.index ?? null;
}

/** A share as per cent with one decimal: "59.4". */
export function points(share: number): string {
  return (share * 100).toFixed(1);
}
