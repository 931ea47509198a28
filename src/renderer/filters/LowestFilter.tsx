import { Slider } from "@mantine/core";
import { memo, useMemo } from "react";
import { useText } from "../frame/useText.ts";
import classes from "./filters.module.css";
import { histogram } from "./histogram.ts";

const BINS = 20;

/** The lowest value of a kind that passes, under a small picture of how the values are spread from 0 to 1. */
export const LowestFilter = memo(function LowestFilter(props: {
  readonly name: string;
  /** What the slider is called. */
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly value: number;
  onChange(value: number): void;
}) {
  const { percent } = useText();
  const bins = useMemo(() => histogram(props.values, BINS), [props.values]);
  const most = Math.max(1, ...bins);
  return (
    <div className={classes.confidence}>
      <span className={classes.confidenceName}>
        {props.name} ≥ {percent(props.value)}
      </span>
      <div className={classes.scale}>
        <svg
          className={classes.histogram}
          viewBox={`0 0 ${BINS} 1`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {bins.map((count, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
              key={index}
              x={index + 0.1}
              width={0.8}
              y={1 - Math.sqrt(count / most)}
              height={Math.sqrt(count / most)}
              data-out={(index + 1) / BINS <= props.value || undefined}
            />
          ))}
        </svg>
        <Slider
          size={3}
          thumbSize={14}
          min={0}
          max={1}
          step={0.01}
          value={props.value}
          onChange={props.onChange}
          label={percent}
          thumbLabel={props.label}
        />
      </div>
    </div>
  );
});
