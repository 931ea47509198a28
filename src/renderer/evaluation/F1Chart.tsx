import type { EvaluationResult } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import classes from "./evaluation.module.css";
import { points, systemName } from "./systems.ts";

/** Lengths of the drawing, in its own units. */
const width = 720;
const left = 12;
const right = 12;
const rowHeight = 44;
const axisHeight = 26;
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

const x = (share: number): number => left + share * (width - left - right);

/** F1 of every row with its 95 % interval, on one scale from 0 to 100. The table beside it holds the same figures. */
export function F1Chart(props: { readonly result: EvaluationResult }) {
  const { t } = useText();
  const bars = props.result.rows.flatMap((row) =>
    row.scores === null ? [] : [{ name: systemName(row, row, t), ...row.scores.micro }],
  );
  const height = bars.length * rowHeight + axisHeight;
  const told = bars.map(({ name, f1, ci95: [low, high] }) =>
    t("evaluation:barTold", { name, f1: points(f1), low: points(low), high: points(high) }),
  );
  return (
    <figure className={classes.chart}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${t("evaluation:chart")}: ${told.join("; ")}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={classes.grid} x1={x(tick)} x2={x(tick)} y1={0} y2={height - axisHeight} />
            <text
              className={classes.tick}
              x={x(tick)}
              y={height - 8}
              textAnchor={tick === 0 ? "start" : tick === 1 ? "end" : "middle"}
            >
              {tick * 100}
            </text>
          </g>
        ))}
        {bars.map(({ name, f1, ci95: [low, high] }, index) => {
          const y = index * rowHeight + 30;
          return (
            <g key={name} data-bar={index}>
              <text className={classes.barName} x={left} y={y - 12}>
                {name}
              </text>
              <line className={classes.interval} x1={x(low)} x2={x(high)} y1={y} y2={y} />
              <line className={classes.end} x1={x(low)} x2={x(low)} y1={y - 5} y2={y + 5} />
              <line className={classes.end} x1={x(high)} x2={x(high)} y1={y - 5} y2={y + 5} />
              <circle className={classes.value} cx={x(f1)} cy={y} r={5} />
            </g>
          );
        })}
      </svg>
      <figcaption className={classes.caption}>{t("evaluation:chartCaption")}</figcaption>
    </figure>
  );
}
