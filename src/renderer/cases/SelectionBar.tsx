import { Button, CloseButton, Text } from "@mantine/core";
import { IconFileExport, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "../frame/useText.ts";
import classes from "./SelectionBar.module.css";

/** What can be done with the selected cases. One thing at a time: with thousands of them it takes a moment. */
export function SelectionBar(props: {
  readonly count: number;
  readonly total: number;
  onClear(): void;
  onAll(): Promise<void>;
  onRead(): Promise<void>;
  onExport(): Promise<void>;
  onDelete(): Promise<void>;
}) {
  const { t, number } = useText();
  const [busy, setBusy] = useState<string | null>(null);
  const selected = t("cases:selected", { count: props.count, n: number(props.count) });

  function button(label: string, icon: typeof IconTrash | null, job: () => Promise<void>) {
    const Icon = icon;
    return (
      <Button
        size="compact-xs"
        px={6}
        variant="default"
        leftSection={Icon && <Icon size={14} aria-hidden />}
        loading={busy === label}
        disabled={busy !== null && busy !== label}
        onClick={async () => {
          setBusy(label);
          await job();
          setBusy(null);
        }}
      >
        {label}
      </Button>
    );
  }

  return (
    <div className={classes.bar} role="toolbar" aria-label={selected}>
      <Text size="sm" fw={600} className={classes.count}>
        {selected}
      </Text>
      {button(t("cases:selectAll", { n: number(props.total) }), null, props.onAll)}
      <CloseButton size="sm" aria-label={t("cases:clearSelection")} onClick={props.onClear} />
      {button(t("cases:read"), IconPlayerPlay, props.onRead)}
      {button(t("cases:export"), IconFileExport, props.onExport)}
      {button(t("cases:delete"), IconTrash, props.onDelete)}
    </div>
  );
}
