import { memo } from "react";
import { type Assertion, entityStatuses } from "#core/entity/entity.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import type { EntityFilter } from "#core/entity/filter.ts";
import { useText } from "../frame/useText.ts";
import { Swatch } from "../note/Swatch.tsx";
import { ChoicePopover } from "./ChoicePopover.tsx";

type Set = (patch: EntityFilter) => void;
type Counts = ReadonlyMap<string, number>;

const polarities = ["affirmed", "negated", "undetermined"] as const;
const certainties: readonly Assertion["certainty"][] = ["certain", "uncertain", "hypothetical"];
const experiencers: readonly Assertion["experiencer"][] = ["patient", "family", "other"];
const temporalities: readonly Assertion["temporality"][] = ["current", "historical"];
const familyOrder = ["problem", "medication", "test", "care", "person", "time"];
const typeOrder = entityTypes
  .toSorted((a, b) => familyOrder.indexOf(a.family) - familyOrder.indexOf(b.family))
  .map((type) => type.name);

/** The types that the note holds. */
export const TypeChoices = memo(function TypeChoices(props: {
  readonly counts: Counts;
  readonly chosen: EntityFilter["types"];
  readonly set: Set;
}) {
  const { t, typeLabel } = useText();
  const types = [...props.counts.keys()].sort((a, b) => rank(a) - rank(b));
  const options = types.map((type) => ({
    value: type,
    label: <Swatch type={type}>{typeLabel(type)}</Swatch>,
    name: typeLabel(type),
    count: props.counts.get(type) ?? 0,
  }));
  return (
    <ChoicePopover
      label={t("filters:types")}
      groups={[{ options, chosen: props.chosen, onChange: (types) => props.set({ types }) }]}
    />
  );
});

/** Types that a user added come after the built-in ones. */
function rank(type: string): number {
  const at = typeOrder.indexOf(type);
  return at < 0 ? typeOrder.length : at;
}

/** How the note speaks of an entity, in four ways. */
export const AssertionChoices = memo(function AssertionChoices(props: {
  readonly polarity: EntityFilter["polarity"];
  readonly certainty: EntityFilter["certainty"];
  readonly experiencer: EntityFilter["experiencer"];
  readonly temporality: EntityFilter["temporality"];
  readonly set: Set;
}) {
  const { t } = useText();
  const { set } = props;
  const options = <Value extends string>(values: readonly Value[]) =>
    values.map((value) => ({ value, name: t(`note:assertion.${value}`) }));
  return (
    <ChoicePopover
      label={t("filters:assertion")}
      groups={[
        {
          title: t("filters:polarity"),
          options: options(polarities),
          chosen: props.polarity,
          onChange: (polarity) => set({ polarity }),
        },
        {
          title: t("filters:certainty"),
          options: options(certainties),
          chosen: props.certainty,
          onChange: (certainty) => set({ certainty }),
        },
        {
          title: t("filters:experiencer"),
          options: options(experiencers),
          chosen: props.experiencer,
          onChange: (experiencer) => set({ experiencer }),
        },
        {
          title: t("filters:temporality"),
          options: options(temporalities),
          chosen: props.temporality,
          onChange: (temporality) => set({ temporality }),
        },
      ]}
    />
  );
});

/** The sections that findings stand in. */
export const SectionChoices = memo(function SectionChoices(props: {
  readonly counts: Counts;
  readonly chosen: EntityFilter["sections"];
  readonly set: Set;
}) {
  const { t } = useText();
  const options = [...props.counts].map(([section, count]) => ({
    value: section,
    name: t(`note:section.${section || "none"}`, { defaultValue: section }),
    count,
  }));
  return (
    <ChoicePopover
      label={t("filters:sections")}
      groups={[{ options, chosen: props.chosen, onChange: (sections) => props.set({ sections }) }]}
    />
  );
});

/** What became of each entity in the review. */
export const StatusChoices = memo(function StatusChoices(props: {
  readonly counts: Counts;
  readonly chosen: EntityFilter["statuses"];
  readonly set: Set;
}) {
  const { t } = useText();
  const options = entityStatuses.map((status) => ({
    value: status,
    name: t(`note:status.${status}`),
    count: props.counts.get(status) ?? 0,
  }));
  return (
    <ChoicePopover
      label={t("filters:statuses")}
      groups={[{ options, chosen: props.chosen, onChange: (statuses) => props.set({ statuses }) }]}
    />
  );
});
