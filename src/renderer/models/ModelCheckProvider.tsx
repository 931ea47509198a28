import { Button, Group, Modal, Progress, Text } from "@mantine/core";
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import type { ModelReport } from "#contract/records.ts";
import { toPlainError } from "#core/errors.ts";
import { uploadModel } from "../client/uploadModel.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useClient } from "../state/client.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { ModelReportDialog } from "./ModelReportDialog.tsx";

/** The ways to look at a model before it is added. */
export type ModelCheck = {
  /** By the shell's dialog, or the browser's where the shell has none. */
  choose(): void;
  /** A model or adapter that was dropped on the window. */
  take(file: File): void;
};

const ModelCheckContext = createContext<ModelCheck | null>(null);

type Running = { readonly name: string; readonly share: number | null; cancel(): void };

/** Looks at a model file and shows what was found; nothing is added before the user has read that. */
export function ModelCheckProvider(props: { readonly children: ReactNode }) {
  const client = useClient();
  const call = useCall();
  const { t } = useText();
  const { show, showError } = useNotices();
  const shell = useAnswer("about.get", {}).value?.shell;
  const [report, setReport] = useState<ModelReport | null>(null);
  const [running, setRunning] = useState<Running | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const check = useCallback(
    async (name: string, ask: (signal: AbortSignal) => Promise<ModelReport | null>) => {
      const controller = new AbortController();
      setRunning({ name, share: null, cancel: () => controller.abort() });
      try {
        const found = await ask(controller.signal);
        if (found !== null) setReport(found);
      } catch (thrown) {
        const error = toPlainError(thrown);
        if (error.code !== "NG-CANCELLED") showError(error);
      } finally {
        setRunning(null);
      }
    },
    [showError],
  );

  const take = useCallback(
    (file: File) => {
      const onProgress = (share: number) => setRunning((last) => last && { ...last, share });
      void check(file.name, (signal) => uploadModel(client, file, { signal, onProgress }));
    },
    [check, client],
  );
  const choose = useCallback(() => {
    if (shell === "electron") {
      void check("", (signal) => client.call("models.checkByDialog", {}, { signal }));
    } else input.current?.click();
  }, [check, client, shell]);

  async function add(sha256: string): Promise<void> {
    if ((await call("models.add", { sha256 })) === undefined) return;
    show(t("models:added", { name: report?.name }));
    setReport(null);
  }

  const handle = useMemo(() => ({ choose, take }), [choose, take]);
  return (
    <ModelCheckContext value={handle}>
      {props.children}
      <input
        ref={input}
        type="file"
        accept=".gguf"
        hidden
        data-import="model"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) take(file);
        }}
      />
      <Modal
        opened={running !== null && running.name !== ""}
        onClose={() => running?.cancel()}
        title={t("models:checking")}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Text>{running?.name}</Text>
        <Progress
          my="md"
          value={(running?.share ?? 0) * 100}
          animated={running?.share === 1}
          aria-label={t("models:checking")}
        />
        <Text c="dimmed">{t("models:checkingText")}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => running?.cancel()}>
            {t("cancel")}
          </Button>
        </Group>
      </Modal>
      <ModelReportDialog report={report} onClose={() => setReport(null)} onAdd={add} />
    </ModelCheckContext>
  );
}

/** How a model is looked at before it is added. */
export function useModelCheck(): ModelCheck {
  const handle = use(ModelCheckContext);
  if (handle === null) throw new Error("useModelCheck needs a ModelCheckProvider above it");
  return handle;
}
