import { useComputedColorScheme } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { Panel, Group as Panes, useDefaultLayout } from "react-resizable-panels";
import { CasePane } from "../cases/CasePane.tsx";
import type { CaseQuery } from "../cases/casePages.ts";
import { Welcome } from "../cases/Welcome.tsx";
import { EvaluationScreen } from "../evaluation/EvaluationScreen.tsx";
import { ExamplesScreen } from "../examples/ExamplesScreen.tsx";
import { ExportDialog } from "../export/ExportDialog.tsx";
import { DropZone } from "../import/DropZone.tsx";
import { QueueScreen } from "../import/QueueScreen.tsx";
import { ModelsScreen } from "../models/ModelsScreen.tsx";
import { CaseScreen } from "../note/CaseScreen.tsx";
import { AboutScreen } from "../settings/AboutScreen.tsx";
import { SettingsScreen } from "../settings/SettingsScreen.tsx";
import { useEvent } from "../state/client.tsx";
import { useChangeSettings } from "../state/useChangeSettings.ts";
import { BackendNotice } from "./BackendNotice.tsx";
import classes from "./Frame.module.css";
import { Header } from "./Header.tsx";
import { KeyHelp } from "./keys/KeyHelp.tsx";
import { useKeys } from "./keys/useKeys.ts";
import { keys } from "./keys.ts";
import { openPalette, Palette } from "./Palette.tsx";
import { PaneBorder } from "./PaneBorder.tsx";
import { useRoute } from "./route.tsx";
import { useText } from "./useText.ts";

/** From the case list nothing is narrowed; one object, so that the dialog sees no change. */
const wholeNote = {};

/** The window: header, the desk with its panes, and the screens beside it. */
export function Frame() {
  const { t } = useText();
  const { route, go } = useRoute();
  const changeSettings = useChangeSettings();
  const colorScheme = useComputedColorScheme("light");
  const [query, setQuery] = useState<CaseQuery>({ search: "", status: null, sort: "updated" });
  const [help, setHelp] = useState(false);
  const [exporting, setExporting] = useState<readonly string[]>([]);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const layout = useDefaultLayout({ id: "desk", storage: localStorage });
  const onDesk = route.screen === "cases" || route.screen === "case";

  const onSearch = useCallback(
    (text: string) => {
      setQuery((last) => ({ ...last, search: text }));
      if (!onDesk) go({ screen: "cases" });
    },
    [go, onDesk],
  );

  useKeys(keys, {
    "app.palette": openPalette,
    "app.search": () => search.current?.focus(),
    "app.help": () => setHelp(true),
    "app.theme": () => changeSettings({ theme: colorScheme === "dark" ? "light" : "dark" }),
    "go.cases": () => go({ screen: "cases" }),
    "go.queue": () => go({ screen: "queue" }),
    "go.models": () => go({ screen: "models" }),
    "go.examples": () => go({ screen: "examples" }),
    "go.evaluation": () => go({ screen: "evaluation" }),
    "go.settings": () => go({ screen: "settings" }),
    "go.about": () => go({ screen: "about" }),
  });

  useEvent("open", (target) =>
    go("caseId" in target ? { screen: "case", caseId: target.caseId } : { screen: target.screen }),
  );

  const { screen } = route;
  // When what had the focus went with its screen, the keyboard goes on from the top of the new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another screen takes the focus away
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [screen]);
  useEffect(() => {
    document.title = screen === "case" ? t("name") : `${t(`place.${screen}`)} · ${t("name")}`;
  }, [screen, t]);

  return (
    <div className={classes.window}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t("skip")}
      </button>
      <Header search={query.search} searchRef={search} onSearch={onSearch} onHelp={() => setHelp(true)} />
      <BackendNotice />
      <main ref={main} id="main" className={classes.main} tabIndex={-1}>
        {onDesk && (
          <Panes {...layout}>
            <Panel
              id="cases"
              className={classes.side}
              defaultSize={280}
              minSize={220}
              maxSize={460}
              groupResizeBehavior="preserve-pixel-size"
            >
              <CasePane query={query} onQuery={setQuery} onExport={setExporting} />
            </Panel>
            <PaneBorder label={t("paneBorder")} />
            <Panel id="note" minSize="50%">
              {route.screen === "case" ? (
                <CaseScreen key={route.caseId} caseId={route.caseId} />
              ) : (
                <Welcome />
              )}
            </Panel>
          </Panes>
        )}
        {screen === "queue" && <QueueScreen />}
        {screen === "models" && <ModelsScreen />}
        {screen === "examples" && <ExamplesScreen />}
        {screen === "evaluation" && <EvaluationScreen />}
        {screen === "settings" && <SettingsScreen />}
        {screen === "about" && <AboutScreen />}
      </main>
      <DropZone />
      <Palette />
      <ExportDialog
        opened={exporting.length > 0}
        documentIds={exporting}
        filter={wholeNote}
        onClose={() => setExporting([])}
      />
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
