import { ActionIcon, Checkbox, Menu } from "@mantine/core";
import { IconDots, IconFileExport, IconPencil, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { CaseRow } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import classes from "./CaseItem.module.css";
import { CaseStatus } from "./CaseStatus.tsx";
import { readingFact } from "./caseFacts.ts";
import { shownSnippet } from "./shownSnippet.ts";

/** What can be done with one case from the list. */
export type CaseActions = {
  open(row: CaseRow): void;
  select(row: CaseRow, event: { readonly shiftKey: boolean }): void;
  read(rows: readonly string[]): void;
  exportCases(rows: readonly string[]): void;
  rename(row: CaseRow): void;
  remove(rows: readonly CaseRow[]): void;
};

/** One line of the case list: title, when, how much was found and checked, and where a search matched. */
export function CaseItem(props: {
  readonly row: CaseRow;
  readonly current: boolean;
  readonly selected: boolean;
  readonly selecting: boolean;
  readonly reachable: boolean;
  readonly actions: CaseActions;
}) {
  const { row, actions } = props;
  const { t, date, moment, number } = useText();
  const snippet = row.snippet && shownSnippet(row.snippet);
  const facts = [
    t(readingFact(row), { count: row.entities, n: number(row.entities) }),
    row.decided > 0 ? t("cases:decided", { count: row.decided, n: number(row.decided) }) : "",
    row.documents > 1 ? t("cases:notes", { count: row.documents, n: number(row.documents) }) : "",
  ].filter((fact) => fact !== "");

  function onClick(event: MouseEvent): void {
    event.preventDefault();
    if (event.shiftKey || event.metaKey || event.ctrlKey) actions.select(row, event);
    else actions.open(row);
  }

  return (
    <div
      className={classes.row}
      data-current={props.current || undefined}
      data-selected={props.selected || undefined}
      data-selecting={props.selecting || undefined}
    >
      <span className={classes.lead}>
        <span className={classes.status}>
          <CaseStatus status={row.status} />
        </span>
        <Checkbox
          className={classes.check}
          size="xs"
          tabIndex={-1}
          checked={props.selected}
          aria-label={t("cases:select", { title: row.title })}
          onChange={() => undefined}
          onClick={(event) => actions.select(row, event)}
        />
      </span>
      <a
        className={classes.link}
        href={`#/case/${encodeURIComponent(row.id)}`}
        data-case-id={row.id}
        tabIndex={props.reachable ? 0 : -1}
        aria-current={props.current ? "page" : undefined}
        onClick={onClick}
      >
        <span className={classes.title} title={row.title}>
          {row.title}
        </span>
        <span className={classes.date} title={moment(row.updatedAt)}>
          {date(row.updatedAt)}
        </span>
        <span className={classes.facts}>{facts.join(" · ")}</span>
        {snippet !== null && (
          <span className={classes.snippet}>
            {snippet.before}
            <mark>{snippet.hit}</mark>
            {snippet.after}
          </span>
        )}
      </a>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            variant="subtle"
            size="sm"
            tabIndex={props.reachable ? 0 : -1}
            aria-label={t("cases:more", { title: row.title })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => actions.read([row.id])}>
            {row.status === "none" ? t("cases:read") : t("cases:readAgain")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileExport size={16} />} onClick={() => actions.exportCases([row.id])}>
            {t("cases:export")}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => actions.rename(row)}>
            {t("cases:rename")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => actions.remove([row])}>
            {t("cases:delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
