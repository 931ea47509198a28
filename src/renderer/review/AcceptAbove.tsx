import { Button, Popover, Slider, Text } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useState } from "react";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import { acceptableAbove } from "./desk.ts";
import classes from "./review.module.css";

/** Accepts everything undecided that the filter shows, from a confidence on: one step, one undo. */
export function AcceptAbove(props: {
  readonly visible: readonly Entity[];
  readonly opened: boolean;
  readonly disabled: boolean;
  onToggle(): void;
  onAccept(threshold: number): void;
}) {
  const { t, percent, number } = useText();
  const [threshold, setThreshold] = useState(0.9);
  const count = props.opened ? acceptableAbove(props.visible, threshold).length : 0;
  return (
    <Popover
      opened={props.opened}
      onDismiss={props.onToggle}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconChecks size={16} />}
          disabled={props.disabled}
          onClick={props.onToggle}
        >
          {t("review:acceptAbove.open")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("review:acceptAbove.open")}>
        <div className={classes.threshold}>
          <Text size="sm" mb="xs">
            {t("review:acceptAbove.threshold")}
          </Text>
          <Slider
            data-autofocus
            thumbLabel={t("review:acceptAbove.threshold")}
            min={0}
            max={1}
            step={0.01}
            value={threshold}
            onChange={setThreshold}
            label={percent}
          />
          <Button
            fullWidth
            mt="sm"
            size="xs"
            disabled={count === 0}
            onClick={() => {
              props.onAccept(threshold);
              props.onToggle();
            }}
          >
            {count === 0
              ? t("review:acceptAbove.none")
              : t("review:acceptAbove.do", { count, n: number(count) })}
          </Button>
          <Text size="xs" c="dimmed" mt={6}>
            {t("review:acceptAbove.undo")}
          </Text>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
