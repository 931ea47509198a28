import { Slider } from "@mantine/core";
import { memo, useMemo } from "react";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import classes from "./filters.module.css";
import { confidenceHistogram } from "./histogram.ts";

const BINS = 20;

/** The lowest confidence shown, under a small picture of how confidences are spread. */
export const ConfidenceFilter = memo(function ConfidenceFilter(props: {
  readonly entities: readonly Entity[];
  readonly value: number;
  onChange(value: number): void;
}) {
  const { t, percent } = useText();
  const bins = useMemo(() => confidenceHistogram(props.entities, BINS), [props.entities]);
  const most = Math.max(1, ...bins);
  return (
    <div className={classes.confidence}>
      <span className={classes.confidenceName}>
        {t("filters:confidence")} ≥ {percent(props.value)}
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
          thumbLabel={t("filters:confidenceFrom")}
        />
      </div>
    </div>
  );
});
