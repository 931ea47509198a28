import { Checkbox } from "@mantine/core";
import { memo, useCallback, useMemo } from "react";
import { type Entity, isDropped } from "#core/entity/entity.ts";
import type { EntityFilter } from "#core/entity/filter.ts";
import { defaultSelectorRule } from "#core/entity/selector.ts";
import { useText } from "../frame/useText.ts";
import { LowestFilter } from "./LowestFilter.tsx";

/**
 * Where the border of the second look lies, without asking the model again, and whether what it left out is still
 * shown. Nothing where no second look was taken.
 */
export const SelectorFilter = memo(function SelectorFilter(props: {
  /** With the verdicts as the slider has them. */
  readonly entities: readonly Entity[];
  readonly threshold: EntityFilter["selectorThreshold"];
  /** That of the run. */
  readonly runThreshold: number | undefined;
  readonly hideDropped: boolean;
  readonly set: (patch: EntityFilter) => void;
}) {
  const { t, number } = useText();
  const { entities, runThreshold = defaultSelectorRule.threshold, set } = props;
  const values = useMemo(() => entities.map(({ selector }) => selector?.probability ?? null), [entities]);
  const dropped = useMemo(() => entities.filter(isDropped).length, [entities]);
  const move = useCallback(
    (value: number) => set({ selectorThreshold: value === runThreshold ? undefined : value }),
    [set, runThreshold],
  );
  if (values.every((value) => value === null)) return null;
  return (
    <>
      <LowestFilter
        name={t("filters:selector")}
        label={t("filters:selectorFrom")}
        values={values}
        value={props.threshold ?? runThreshold}
        onChange={move}
      />
      <Checkbox
        size="xs"
        label={t("filters:hideDropped", { n: number(dropped) })}
        checked={props.hideDropped}
        onChange={(event) => set({ hideDropped: event.currentTarget.checked || undefined })}
      />
    </>
  );
});
