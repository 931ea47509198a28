import { Badge, Group } from "@mantine/core";
import { IconBan, IconPencil, IconPin, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { StoredExample } from "#contract/examples.ts";
import { IconAction } from "../frame/IconAction.tsx";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import { ExampleText } from "./ExampleText.tsx";
import classes from "./examples.module.css";

/** An example, where it is from, and what can be done with it. */
export function ExampleRow(props: {
  readonly example: StoredExample;
  /** What else is said of it. */
  readonly note?: ReactNode;
  /** What else can be done. */
  readonly children?: ReactNode;
  onEdit(example: StoredExample): void;
  onDelete?(example: StoredExample): void;
}) {
  const { t } = useText();
  const call = useCall();
  const { example, onDelete } = props;
  const { id, isPinned, isBanned } = example;
  return (
    <li className={classes.row} data-example-id={id} data-banned={isBanned || undefined}>
      <div className={classes.words}>
        <ExampleText text={example.text} spans={example.spans} />
        <Group gap="xs" className={classes.facts}>
          <span>{t(`examples:origin.${example.origin}`, { source: example.sourceName })}</span>
          {props.note}
          {isPinned && (
            <Badge size="sm" variant="default">
              {t("examples:pinned")}
            </Badge>
          )}
          {isBanned && (
            <Badge size="sm" variant="default">
              {t("examples:banned")}
            </Badge>
          )}
        </Group>
      </div>
      <Group gap={2} wrap="nowrap">
        {props.children}
        <IconAction
          size={28}
          label={t("examples:pin")}
          pressed={isPinned}
          onClick={() => void call("examples.mark", { ids: [id], isPinned: !isPinned, isBanned: false })}
        >
          <IconPin size={16} />
        </IconAction>
        <IconAction
          size={28}
          label={t("examples:ban")}
          pressed={isBanned}
          onClick={() => void call("examples.mark", { ids: [id], isBanned: !isBanned, isPinned: false })}
        >
          <IconBan size={16} />
        </IconAction>
        <IconAction size={28} label={t("examples:edit")} onClick={() => props.onEdit(example)}>
          <IconPencil size={16} />
        </IconAction>
        {onDelete && (
          <IconAction size={28} label={t("examples:delete")} onClick={() => onDelete(example)}>
            <IconTrash size={16} />
          </IconAction>
        )}
      </Group>
    </li>
  );
}
