import { Button, Loader, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useCallback, useMemo, useRef, useState } from "react";
import type { CaseRow, NoteStatus } from "#contract/records.ts";
import { useKeys } from "../frame/keys/useKeys.ts";
import { useRoute } from "../frame/route.tsx";
import { useText } from "../frame/useText.ts";
import { ImportMenu } from "../import/ImportMenu.tsx";
import type { CaseActions } from "./CaseItem.tsx";
import { CaseList } from "./CaseList.tsx";
import classes from "./CasePane.module.css";
import { type CaseQuery, indexOfCase, rowAt } from "./casePages.ts";
import { DeleteCases } from "./DeleteCases.tsx";
import { keys } from "./keys.ts";
import { RenameCase } from "./RenameCase.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { selectRange } from "./selection.ts";
import { useCaseJobs } from "./useCaseJobs.ts";
import { useCasePages } from "./useCasePages.ts";

const statuses: readonly NoteStatus[] = [
  "none",
  "queued",
  "running",
  "done",
  "reviewed",
  "failed",
  "cancelled",
];
const sorts: readonly CaseQuery["sort"][] = ["updated", "created", "title"];

/** The left pane: every case, searched, sorted and narrowed, and what can be done with several at once. */
export function CasePane(props: {
  readonly query: CaseQuery;
  onQuery(query: CaseQuery): void;
  onExport(documentIds: readonly string[]): void;
}) {
  const { t, number, explain } = useText();
  const { route, go } = useRoute();
  const { query, onQuery } = props;
  // A search waits for a pause in typing.
  const [asked] = useDebouncedValue(query, 120);
  const list = useCasePages(asked);
  const jobs = useCaseJobs(asked, props.onExport);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const [renaming, setRenaming] = useState<CaseRow | null>(null);
  const [removing, setRemoving] = useState<readonly CaseRow[]>([]);
  const pane = useRef<HTMLElement>(null);
  const currentId = route.screen === "case" ? route.caseId : null;
  const { known } = list;

  const select = useCallback(
    (row: CaseRow, event: { readonly shiftKey: boolean }) => {
      const from = event.shiftKey ? anchor.current : null;
      setSelection((last) => selectRange(last, known, from, row.id));
      anchor.current = row.id;
    },
    [known],
  );
  const actions = useMemo<CaseActions>(
    () => ({
      open: (row) => go({ screen: "case", caseId: row.id }),
      select,
      read: (caseIds) => void jobs.read(caseIds),
      exportCases: (caseIds) => void jobs.exportCases(caseIds),
      rename: setRenaming,
      remove: setRemoving,
    }),
    [go, select, jobs],
  );

  function step(by: number): void {
    const from = currentId === null ? -1 : indexOfCase(known, currentId);
    const row = rowAt(known, from < 0 ? 0 : from + by);
    if (row) go({ screen: "case", caseId: row.id });
  }
  useKeys(keys, {
    "cases.next": () => step(1),
    "cases.previous": () => step(-1),
    "cases.focus": () => pane.current?.querySelector<HTMLElement>("a[data-case-id][tabindex='0']")?.focus(),
  });

  const chosen = [...selection];
  const narrowed = query.search !== "" || query.status !== null;

  return (
    <nav className={classes.pane} ref={pane} aria-label={t("cases:list")}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          {t("cases:title")} <span className={classes.count}>{list.ready ? number(known.total) : ""}</span>
        </h2>
        <ImportMenu />
      </div>
      <div className={classes.narrow}>
        <Select
          size="xs"
          variant="unstyled"
          classNames={{ input: classes.choice }}
          aria-label={t("cases:statusFilter")}
          data={[
            { value: "", label: t("cases:anyStatus") },
            ...statuses.map((status) => ({ value: status, label: t(`cases:status.${status}`) })),
          ]}
          value={query.status ?? ""}
          allowDeselect={false}
          comboboxProps={{ width: 200, position: "bottom-start" }}
          onChange={(value) => onQuery({ ...query, status: (value || null) as NoteStatus | null })}
        />
        <Select
          size="xs"
          variant="unstyled"
          classNames={{ input: classes.choice }}
          aria-label={t("cases:sortBy")}
          data={sorts.map((sort) => ({ value: sort, label: t(`cases:sort.${sort}`) }))}
          value={query.sort}
          allowDeselect={false}
          comboboxProps={{ width: 200, position: "bottom-end" }}
          onChange={(value) => value !== null && onQuery({ ...query, sort: value as CaseQuery["sort"] })}
        />
      </div>

      {list.error !== null && known.total === 0 ? (
        <div className={classes.empty} role="alert">
          <Text fw={600}>{explain(list.error).what}</Text>
          <Text c="dimmed">{explain(list.error).next}</Text>
        </div>
      ) : !list.ready ? (
        <div className={classes.empty} role="status" aria-label={t("loading")}>
          <Loader size="sm" />
        </div>
      ) : known.total === 0 ? (
        <div className={classes.empty}>
          <Text c="dimmed">{narrowed ? t("cases:noMatch") : t("cases:noCases")}</Text>
          {narrowed && (
            <Button
              variant="default"
              size="xs"
              onClick={() => onQuery({ ...query, search: "", status: null })}
            >
              {t("cases:showAll")}
            </Button>
          )}
        </div>
      ) : (
        <CaseList
          key={`${asked.search} ${asked.status} ${asked.sort}`}
          known={known}
          query={asked}
          currentId={currentId}
          selection={selection}
          actions={actions}
          onShow={list.show}
        />
      )}

      {chosen.length > 0 ? (
        <SelectionBar
          count={chosen.length}
          total={known.total}
          onClear={() => setSelection(new Set())}
          onAll={async () => setSelection(await jobs.allIds())}
          onRead={() => jobs.read(chosen)}
          onExport={() => jobs.exportCases(chosen)}
          onDelete={async () => setRemoving(await jobs.rowsOf(chosen, [...known.pages.values()].flat()))}
        />
      ) : (
        <p className={classes.hint}>{t("cases:dropHint")}</p>
      )}

      <RenameCase row={renaming} onClose={() => setRenaming(null)} />
      <DeleteCases
        rows={removing}
        onClose={() => setRemoving([])}
        onDeleted={(ids) => {
          setSelection((last) => new Set([...last].filter((id) => !ids.includes(id))));
          if (currentId !== null && ids.includes(currentId)) go({ screen: "cases" });
        }}
      />
    </nav>
  );
}
