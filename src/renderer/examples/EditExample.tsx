import { Button, Group, Modal, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { StoredExample } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import { readMarkup, writeMarkup } from "./markup.ts";

/** Changes the words or spans of an example. Give it the example as its key. */
export function EditExample(props: { readonly example: StoredExample; onClose(): void }) {
  const { t } = useText();
  const call = useCall();
  const [marked, setMarked] = useState(() => writeMarkup(props.example));
  const [busy, setBusy] = useState(false);
  const read = readMarkup(marked);

  async function save(): Promise<void> {
    if (read === null) return;
    setBusy(true);
    const { text, spans } = read;
    const kept = await call("examples.edit", { id: props.example.id, text, spans: [...spans] });
    setBusy(false);
    if (kept !== undefined) props.onClose();
  }

  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("examples:edit")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Textarea
        label={t("examples:editLabel")}
        description={t("examples:editHow")}
        error={read === null ? t("examples:editWrong") : null}
        value={marked}
        autosize
        minRows={4}
        maxRows={14}
        data-autofocus
        onChange={(event) => setMarked(event.currentTarget.value)}
      />
      <Text c="dimmed" size="sm" mt="xs">
        {t("examples:editNote")}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t("examples:cancel")}
        </Button>
        <Button disabled={read === null || read.text === ""} loading={busy} onClick={save}>
          {t("examples:save")}
        </Button>
      </Group>
    </Modal>
  );
}
