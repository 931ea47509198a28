import type { EvaluationResult } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import classes from "./evaluation.module.css";
import { points, systemName, verdictsOf } from "./systems.ts";

/** What the differences between systems are worth, in sentences. */
export function Verdicts(props: { readonly result: EvaluationResult }) {
  const { t, number } = useText();
  const { rows, comparisons } = props.result;
  const nameOf = (index: number): string => {
    const row = rows[index];
    return row === undefined ? "" : systemName(row, row, t);
  };
  if (comparisons.length === 0) return null;
  return (
    <>
      <ul className={classes.verdicts} aria-label={t("evaluation:verdicts")}>
        {verdictsOf(comparisons).map((verdict) => (
          <li key={`${verdict.better} ${verdict.worse}`}>
            {t(verdict.isSignificant ? "evaluation:isBetter" : "evaluation:isOpen", {
              better: nameOf(verdict.better),
              worse: nameOf(verdict.worse),
              points: points(verdict.difference),
              low: points(verdict.low),
              high: points(verdict.high),
              p: verdict.pHolm < 0.001 ? "< 0.001" : `= ${verdict.pHolm.toFixed(3)}`,
            })}
          </li>
        ))}
      </ul>
      <p className={classes.caption}>
        {t("evaluation:method", { count: comparisons.length, n: number(comparisons.length) })}
      </p>
    </>
  );
}
