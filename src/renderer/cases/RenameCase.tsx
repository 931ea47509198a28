import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { CaseRow } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";

/** Asks for another title. */
export function RenameCase(props: { readonly row: CaseRow | null; onClose(): void }) {
  const { t } = useText();
  const call = useCall();
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (props.row) setTitle(props.row.title);
  }, [props.row]);

  async function rename(): Promise<void> {
    if (props.row === null || title.trim() === "") return;
    if (await call("cases.rename", { caseId: props.row.id, title: title.trim() })) props.onClose();
  }

  return (
    <Modal
      opened={props.row !== null}
      onClose={props.onClose}
      title={t("cases:renameTitle")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <TextInput
          label={t("cases:newTitle")}
          value={title}
          maxLength={500}
          data-autofocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={title.trim() === ""}>
            {t("cases:rename")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
