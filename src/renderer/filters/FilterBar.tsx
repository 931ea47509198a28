import { Button, CloseButton, TextInput } from "@mantine/core";
import { memo, type RefObject, useCallback, useMemo } from "react";
import type { Entity } from "#core/entity/entity.ts";
import { type EntityFilter, isOpenFilter } from "#core/entity/filter.ts";
import { useText } from "../frame/useText.ts";
import { AssertionChoices, SectionChoices, StatusChoices, TypeChoices } from "./choices.tsx";
import { countEntities } from "./countEntities.ts";
import classes from "./filters.module.css";
import { LowestFilter } from "./LowestFilter.tsx";
import { SelectorFilter } from "./SelectorFilter.tsx";

/** What is shown, everywhere at once: in the note, in the findings and in an export. */
export const FilterBar = memo(function FilterBar(props: {
  readonly filter: EntityFilter;
  /** For counts and pictures; they may be those of a moment ago, `shown` and `total` are those of now. */
  readonly entities: readonly Entity[];
  readonly shown: number;
  readonly total: number;
  /** Of the run, where a selector took a second look. */
  readonly selectorThreshold: number | undefined;
  readonly textRef: RefObject<HTMLInputElement | null>;
  onChange(change: (filter: EntityFilter) => EntityFilter): void;
}) {
  const { t, number } = useText();
  const { filter, entities, onChange } = props;
  const set = useCallback((patch: EntityFilter) => onChange((last) => ({ ...last, ...patch })), [onChange]);
  const setConfidence = useCallback(
    (value: number) => set({ minConfidence: value > 0 ? value : undefined }),
    [set],
  );
  const counts = useMemo(() => countEntities(entities), [entities]);
  const confidences = useMemo(() => entities.map(({ confidence }) => confidence), [entities]);

  return (
    <div className={classes.bar} role="toolbar" aria-label={t("filters:label")}>
      <TypeChoices counts={counts.types} chosen={filter.types} set={set} />
      <AssertionChoices
        polarity={filter.polarity}
        certainty={filter.certainty}
        experiencer={filter.experiencer}
        temporality={filter.temporality}
        set={set}
      />
      <SectionChoices counts={counts.sections} chosen={filter.sections} set={set} />
      <StatusChoices counts={counts.statuses} chosen={filter.statuses} set={set} />
      <LowestFilter
        name={t("filters:confidence")}
        label={t("filters:confidenceFrom")}
        values={confidences}
        value={filter.minConfidence ?? 0}
        onChange={setConfidence}
      />
      <SelectorFilter
        entities={entities}
        threshold={filter.selectorThreshold}
        runThreshold={props.selectorThreshold}
        hideDropped={filter.hideDropped ?? false}
        set={set}
      />
      <TextInput
        ref={props.textRef}
        className={classes.text}
        size="xs"
        aria-label={t("filters:text")}
        placeholder={t("filters:textHint")}
        value={filter.text ?? ""}
        onChange={(event) => set({ text: event.currentTarget.value || undefined })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        rightSection={
          filter.text ? (
            <CloseButton size="xs" aria-label={t("filters:clear")} onClick={() => set({ text: undefined })} />
          ) : null
        }
      />
      <span className={classes.shown} role="status">
        {t("filters:shown", { shown: number(props.shown), total: number(props.total) })}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={isOpenFilter(filter)}
        onClick={() => onChange(() => ({}))}
      >
        {t("filters:clear")}
      </Button>
    </div>
  );
});
