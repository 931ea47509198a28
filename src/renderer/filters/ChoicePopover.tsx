import { Button, Checkbox, Popover } from "@mantine/core";
import { IconChevronUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useText } from "../frame/useText.ts";
import classes from "./filters.module.css";

type Option<Value extends string> = {
  readonly value: Value;
  readonly name: string;
  readonly label?: ReactNode;
  readonly count?: number;
};

/** One list to choose from. `chosen` undefined means that nothing is narrowed. */
export type ChoiceGroup<Value extends string> = {
  readonly title?: string;
  readonly options: readonly Option<Value>[];
  readonly chosen: readonly Value[] | undefined;
  onChange(chosen: readonly Value[] | undefined): void;
};

/** A button that says how much is chosen and opens the lists. */
export function ChoicePopover<
  A extends string,
  B extends string = A,
  C extends string = A,
  D extends string = A,
>(props: {
  readonly label: string;
  readonly groups: readonly [ChoiceGroup<A>, ...([] | [ChoiceGroup<B>, ChoiceGroup<C>, ChoiceGroup<D>])];
}) {
  const { t, number } = useText();
  const groups = props.groups as readonly ChoiceGroup<string>[];
  const narrowed = groups.filter((group) => group.chosen !== undefined);
  const [one] = groups;
  // Of one list: how many are chosen. Of several: how many of the lists narrow.
  const [n, total] =
    groups.length === 1 && one
      ? [one.chosen?.length ?? 0, one.options.length]
      : [narrowed.length, groups.length];
  return (
    <Popover position="top-start" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={narrowed.length > 0 ? "light" : "subtle"}
          color={narrowed.length > 0 ? undefined : "gray"}
          className={classes.choice}
          rightSection={<IconChevronUp size={13} aria-hidden />}
        >
          {props.label}
          {narrowed.length > 0 && `: ${t("filters:some", { n: number(n), total: number(total) })}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={props.label}>
        {groups.map((group) => (
          <Choices key={group.title ?? props.label} label={group.title ?? props.label} group={group} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices(props: { readonly label: string; readonly group: ChoiceGroup<string> }) {
  const { t, number } = useText();
  const { group } = props;
  const all = group.options.map((option) => option.value);
  const chosen = group.chosen ?? all;
  const choose = (next: readonly string[]) => group.onChange(next.length === all.length ? undefined : next);
  return (
    <fieldset className={classes.choices}>
      <legend>{props.label}</legend>
      {group.options.length > 4 && (
        <div className={classes.bulk}>
          <Button size="compact-xs" variant="subtle" onClick={() => group.onChange(undefined)}>
            {t("filters:selectAll")}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => group.onChange([])}>
            {t("filters:selectNone")}
          </Button>
        </div>
      )}
      {group.options.map((option) => (
        <div key={option.value} className={classes.option}>
          <Checkbox
            size="xs"
            label={option.label ?? option.name}
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              choose(
                event.currentTarget.checked
                  ? all.filter((value) => value === option.value || chosen.includes(value))
                  : chosen.filter((value) => value !== option.value),
              )
            }
          />
          {option.count !== undefined && <span className={classes.count}>{number(option.count)}</span>}
          <button
            type="button"
            className={classes.only}
            onClick={() => group.onChange([option.value])}
            aria-label={`${option.name}: ${t("filters:only")}`}
          >
            {t("filters:only")}
          </button>
        </div>
      ))}
    </fieldset>
  );
}
