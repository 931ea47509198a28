import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

/** A small button with a name that is read out and shown on hover; `size` in pixels. */
export function IconAction(props: {
  readonly label: string;
  readonly size?: number;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  onClick(): void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={props.label} openDelay={400}>
      <ActionIcon
        variant={props.pressed ? "light" : "subtle"}
        color="gray"
        size={props.size ?? 30}
        aria-label={props.label}
        aria-pressed={props.pressed}
        disabled={props.disabled === true}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
