import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import type { ImportFate } from "#contract/records.ts";
import { useRoute } from "../frame/route.tsx";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useModelCheck } from "../models/ModelCheckProvider.tsx";
import { useClient } from "../state/client.tsx";
import { useCall } from "../state/useCall.ts";
import { caseToOpen } from "./fates.ts";
import { ImportReport } from "./ImportReport.tsx";
import { importAll } from "./importAll.ts";
import { localStamp } from "./localStamp.ts";
import type { Dropped } from "./walkEntries.ts";

/** The ways for notes to get in. */
export type ImportHandle = {
  importDropped(dropped: AsyncIterable<Dropped>): Promise<void>;
  /** A note from the clipboard or typed in. */
  importText(text: string): Promise<void>;
  importExample(): Promise<void>;
  /** Opens the system's dialog for files, or for a folder. */
  chooseFiles(what: "files" | "folder"): void;
};

const ImportContext = createContext<ImportHandle | null>(null);

/** Holds the import under way and shows what became of its files. */
export function ImportProvider(props: { readonly children: ReactNode }) {
  const client = useClient();
  const call = useCall();
  const { t, language } = useText();
  const { show } = useNotices();
  const { go } = useRoute();
  const modelCheck = useModelCheck();
  const [fates, setFates] = useState<readonly ImportFate[]>([]);
  const [running, setRunning] = useState(false);
  const underWay = useRef(0);
  const shown = useRef<readonly ImportFate[]>([]);
  const [opened, setOpened] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const finish = useCallback(
    (told: readonly ImportFate[]) => {
      const caseId = caseToOpen(told);
      if (caseId === null) {
        if (told.length === 0) show(t("import:nothing"));
        return;
      }
      setOpened(false);
      go({ screen: "case", caseId });
      // A new note on the desk speaks for itself.
      const [only] = told;
      if (only?.outcome === "duplicate") {
        show(
          only.knownAs === undefined
            ? t("import:oneKnown", { name: only.name })
            : t("import:oneKnownAs", { name: only.name, other: only.knownAs }),
        );
      }
    },
    [go, show, t],
  );

  const importDropped = useCallback(
    async (dropped: AsyncIterable<Dropped>) => {
      const told: ImportFate[] = [];
      // Imports that run side by side share one report.
      if (underWay.current === 0) shown.current = [];
      underWay.current += 1;
      setRunning(true);
      // A single note needs no report: it opens. The report comes with the second file, or when one did not get in.
      let models = 0;
      let reported = false;
      function onFates(part: readonly ImportFate[]): void {
        told.push(...part);
        shown.current = [...shown.current, ...part];
        setFates(shown.current);
        // Once: a report that the user has closed stays closed while the rest goes on.
        if (!reported && (told.length > 1 || caseToOpen(told) === null)) {
          reported = true;
          setOpened(true);
        }
      }
      function onModel(file: File): void {
        models += 1;
        if (models === 1) modelCheck.take(file);
      }
      await importAll(client, dropped, onFates, onModel);
      underWay.current -= 1;
      setRunning(underWay.current > 0);
      if (told.length > 0 || models === 0) finish(told);
    },
    [client, finish, modelCheck],
  );

  const importText = useCallback(
    async (text: string) => {
      const name = `${t("import:pastedName")} ${localStamp(new Date())}.txt`;
      const file = new File([text], name, { type: "text/plain" });
      await importDropped(filesOf([file]));
    },
    [importDropped, t],
  );

  const importExample = useCallback(async () => {
    const told = await call("notes.importExample", { language });
    if (told) finish(told.slice(0, 1));
  }, [call, finish, language]);

  const handle = useMemo<ImportHandle>(
    () => ({
      importDropped,
      importText,
      importExample,
      chooseFiles: (what) => (what === "files" ? files : folder).current?.click(),
    }),
    [importDropped, importText, importExample],
  );

  function asFolderInput(input: HTMLInputElement | null): void {
    // React has no property for it.
    if (input !== null) input.webkitdirectory = true;
    folder.current = input;
  }
  function onChosen(input: HTMLInputElement): void {
    const chosen = [...(input.files ?? [])].filter((file) => !file.name.startsWith("."));
    input.value = "";
    if (chosen.length > 0) void importDropped(filesOf(chosen));
  }

  return (
    <ImportContext value={handle}>
      {props.children}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-import="files"
        onChange={(event) => onChosen(event.currentTarget)}
      />
      <input
        ref={asFolderInput}
        type="file"
        hidden
        data-import="folder"
        onChange={(event) => onChosen(event.currentTarget)}
      />
      <ImportReport fates={fates} running={running} opened={opened} onClose={() => setOpened(false)} />
    </ImportContext>
  );
}

async function* filesOf(files: readonly File[]): AsyncGenerator<Dropped> {
  for (const file of files) yield { file };
}

/** How notes get in. */
export function useImport(): ImportHandle {
  const handle = use(ImportContext);
  if (handle === null) throw new Error("useImport needs an ImportProvider above it");
  return handle;
}
