import { Center, Loader, Text } from "@mantine/core";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { Panel, Group as Panes, useDefaultLayout } from "react-resizable-panels";
import type { Entity } from "#core/entity/entity.ts";
import { type EntityFilter, matches } from "#core/entity/filter.ts";
import { applyThreshold } from "#core/entity/selector.ts";
import { UsedExamples } from "../examples/UsedExamples.tsx";
import { ExportDialog } from "../export/ExportDialog.tsx";
import { FilterBar } from "../filters/FilterBar.tsx";
import { keys as filterKeys } from "../filters/keys.ts";
import { Findings, type FindingsView } from "../findings/Findings.tsx";
import { useKeys } from "../frame/keys/useKeys.ts";
import { PaneBorder } from "../frame/PaneBorder.tsx";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useDesk } from "../review/useDesk.ts";
import { useDeskKeys } from "../review/useDeskKeys.ts";
import { useSettings } from "../state/settings.tsx";
import { DeskBar, type DeskSwitches } from "./DeskBar.tsx";
import { keys } from "./keys.ts";
import { NotePane, type NotePaneHandle } from "./NotePane.tsx";
import classes from "./ReadingDesk.module.css";
import { ReadingStatus } from "./ReadingStatus.tsx";
import { useNote } from "./useNote.ts";

const noEntities: readonly Entity[] = [];

/** One note, what was found in it, and everything that a person does with both. */
export function ReadingDesk(props: { readonly documentId: string }) {
  const { t, explain } = useText();
  const { settings, change } = useSettings();
  const { show } = useNotices();
  const note = useNote(props.documentId);
  const { view, reading } = note.state;
  const [filter, setFilter] = useState<EntityFilter>({});
  const [findingsView, setFindingsView] = useState<FindingsView>("summary");
  const [exporting, setExporting] = useState(false);
  const [own, setOwn] = useState({ legend: false, folded: false, acceptAbove: false });
  const switches = useMemo<DeskSwitches>(
    () => ({ ...own, labels: settings.alwaysShowLabels }),
    [own, settings.alwaysShowLabels],
  );
  const layout = useDefaultLayout({ id: "note", storage: localStorage });
  const filterText = useRef<HTMLInputElement>(null);
  const pane = useRef<NotePaneHandle>(null);

  const entities = useMemo(
    () => applyThreshold(note.state.entities, filter.selectorThreshold),
    [note.state.entities, filter.selectorThreshold],
  );
  const visible = useMemo(() => entities.filter((entity) => matches(filter, entity)), [entities, filter]);
  // Counts and pictures over everything can come a moment after what was asked for.
  const settled = useDeferredValue(entities);
  const text = view?.text ?? "";
  const desk = useDesk(note, { text, visible });
  const { dispatch } = desk;
  // Until the run is kept there is nothing that a correction could be about.
  const ready = view !== null && view.run !== null && reading === null;

  const toggle = useCallback(
    (name: keyof DeskSwitches) => {
      if (name === "labels") void change({ alwaysShowLabels: !settings.alwaysShowLabels });
      else setOwn((last) => ({ ...last, [name]: !last[name] }));
    },
    [change, settings.alwaysShowLabels],
  );
  const focus = useCallback((id: string) => dispatch({ kind: "focus", id }), [dispatch]);
  const openExport = useCallback(() => setExporting(true), []);
  const clearFilter = useCallback(() => setFilter({}), []);
  const switchView = () => setFindingsView((last) => (last === "summary" ? "table" : "summary"));

  useKeys(keys, {
    "note.legend": () => toggle("legend"),
    "note.labels": () => toggle("labels"),
    "note.findings": switchView,
    "note.fold": () => toggle("folded"),
    "note.export": openExport,
  });
  useKeys(filterKeys, {
    "filters.text": () => filterText.current?.focus(),
    "filters.clear": clearFilter,
  });
  useDeskKeys({
    state: desk.state,
    ready,
    dispatch,
    undo: note.undo,
    redo: note.redo,
    add: () => dispatch({ kind: "add", selected: pane.current?.selected() ?? null }),
    acceptAbove: () => toggle("acceptAbove"),
    details: () => pane.current?.enterCard(),
    notReady: () => show(t("note:waitForReading")),
  });

  if (view === null) {
    return (
      <Center flex={1}>
        {note.error ? (
          <Text>{explain(note.error).what}</Text>
        ) : (
          <Loader size="sm" aria-label={t("note:loading")} />
        )}
      </Center>
    );
  }
  return (
    <div className={classes.desk}>
      <DeskBar
        view={view}
        entities={settled}
        acceptable={switches.acceptAbove ? visible : noEntities}
        switches={switches}
        ready={ready}
        onSwitch={toggle}
        onUndo={note.undo}
        onRedo={note.redo}
        onExport={openExport}
        dispatch={dispatch}
      />
      <ReadingStatus view={view} progress={reading?.progress ?? null} />
      {view.run?.info.paradigm === "few" && <UsedExamples documentId={view.id} />}
      <Panes className={classes.panes} {...layout}>
        <Panel id="text" minSize="40%">
          <NotePane
            ref={pane}
            view={view}
            visible={visible}
            entities={entities}
            streaming={reading !== null}
            ready={ready}
            desk={desk}
            labels={switches.labels}
            legend={switches.legend}
            words={filter.text ?? ""}
            onLegend={() => toggle("legend")}
          />
        </Panel>
        {!switches.folded && (
          <>
            <PaneBorder label={t("note:border")} />
            <Panel id="findings" defaultSize="34%" minSize={260}>
              <Findings
                view={findingsView}
                visible={visible}
                entities={entities}
                current={desk.state.current}
                unread={view.run === null}
                onView={setFindingsView}
                onFocus={focus}
                onClearFilter={clearFilter}
              />
            </Panel>
          </>
        )}
      </Panes>
      <FilterBar
        filter={filter}
        entities={settled}
        shown={visible.length}
        total={entities.length}
        selectorThreshold={view.run?.info.selector?.threshold}
        textRef={filterText}
        onChange={setFilter}
      />
      <ExportDialog
        opened={exporting}
        documentIds={[view.id]}
        filter={filter}
        onClose={() => setExporting(false)}
      />
    </div>
  );
}
