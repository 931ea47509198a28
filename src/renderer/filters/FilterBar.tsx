import { Button, CloseButton, TextInput } from "@mantine/core";
import { memo, type RefObject, useMemo } from "react";
import { type Assertion, type Entity, entityStatuses } from "#core/entity/entity.ts";
import { type EntityFilter, isOpenFilter } from "#core/entity/filter.ts";
import { useText } from "../frame/useText.ts";
import { Swatch } from "../note/Swatch.tsx";
import { typeStyle } from "../note/typeStyle.ts";
import { ChoicePopover } from "./ChoicePopover.tsx";
import { ConfidenceFilter } from "./ConfidenceFilter.tsx";
import classes from "./filters.module.css";

const polarity = ["affirmed", "negated", "undetermined"] as const;
const certainty: readonly Assertion["certainty"][] = ["certain", "uncertain", "hypothetical"];
const experiencer: readonly Assertion["experiencer"][] = ["patient", "family", "other"];
const temporality: readonly Assertion["temporality"][] = ["current", "historical"];

/** What is shown, everywhere at once: in the note, in the findings and in an export. */
export const FilterBar = memo(function FilterBar(props: {
  readonly filter: EntityFilter;
  readonly entities: readonly Entity[];
  readonly shown: number;
  readonly textRef: RefObject<HTMLInputElement | null>;
  onChange(filter: EntityFilter): void;
}) {
  const { t, typeLabel, number } = useText();
  const { filter, entities, onChange } = props;
  const set = (patch: EntityFilter) => onChange({ ...filter, ...patch });
  const counts = useMemo(() => countsOf(entities), [entities]);
  const types = [...counts.types.keys()].sort(byFamily);
  const sections = [...counts.sections.keys()];
  const words = (key: string) => t(`note:assertion.${key}`);

  return (
    <div className={classes.bar} role="toolbar" aria-label={t("filters:label")}>
      <ChoicePopover
        label={t("filters:types")}
        groups={[
          {
            options: types.map((type) => ({
              value: type,
              label: <Swatch type={type}>{typeLabel(type)}</Swatch>,
              name: typeLabel(type),
              count: counts.types.get(type) ?? 0,
            })),
            chosen: filter.types,
            onChange: (chosen) => set({ types: chosen }),
          },
        ]}
      />
      <ChoicePopover
        label={t("filters:assertion")}
        groups={[
          {
            title: t("filters:polarity"),
            options: polarity.map((value) => ({ value, name: words(value) })),
            chosen: filter.polarity,
            onChange: (chosen) => set({ polarity: chosen }),
          },
          {
            title: t("filters:certainty"),
            options: certainty.map((value) => ({ value, name: words(value) })),
            chosen: filter.certainty,
            onChange: (chosen) => set({ certainty: chosen }),
          },
          {
            title: t("filters:experiencer"),
            options: experiencer.map((value) => ({ value, name: words(value) })),
            chosen: filter.experiencer,
            onChange: (chosen) => set({ experiencer: chosen }),
          },
          {
            title: t("filters:temporality"),
            options: temporality.map((value) => ({ value, name: words(value) })),
            chosen: filter.temporality,
            onChange: (chosen) => set({ temporality: chosen }),
          },
        ]}
      />
      <ChoicePopover
        label={t("filters:sections")}
        groups={[
          {
            options: sections.map((section) => ({
              value: section,
              name: t(`note:section.${section || "none"}`, { defaultValue: section }),
              count: counts.sections.get(section) ?? 0,
            })),
            chosen: filter.sections,
            onChange: (chosen) => set({ sections: chosen }),
          },
        ]}
      />
      <ChoicePopover
        label={t("filters:statuses")}
        groups={[
          {
            options: entityStatuses.map((status) => ({
              value: status,
              name: t(`note:status.${status}`),
              count: counts.statuses.get(status) ?? 0,
            })),
            chosen: filter.statuses,
            onChange: (chosen) => set({ statuses: chosen }),
          },
        ]}
      />
      <ConfidenceFilter
        entities={entities}
        value={filter.minConfidence ?? 0}
        onChange={(value) => set({ minConfidence: value > 0 ? value : undefined })}
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
        {t("filters:shown", { shown: number(props.shown), total: number(entities.length) })}
      </span>
      <Button size="compact-xs" variant="subtle" disabled={isOpenFilter(filter)} onClick={() => onChange({})}>
        {t("filters:clear")}
      </Button>
    </div>
  );
});

const familyOrder = ["problem", "medication", "test", "care", "person", "time"];

function byFamily(a: string, b: string): number {
  return familyOrder.indexOf(typeStyle(a).family) - familyOrder.indexOf(typeStyle(b).family);
}

function countsOf(entities: readonly Entity[]) {
  const count = (keyOf: (entity: Entity) => string) => {
    const counts = new Map<string, number>();
    for (const entity of entities) counts.set(keyOf(entity), (counts.get(keyOf(entity)) ?? 0) + 1);
    return counts;
  };
  return {
    types: count((entity) => entity.type),
    sections: count((entity) => entity.section ?? ""),
    statuses: count((entity) => entity.status),
  };
}
