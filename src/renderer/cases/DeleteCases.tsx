import { Button, Group, List, Modal, Text } from "@mantine/core";
import { useState } from "react";
import type { CaseRow } from "#contract/records.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";

/** Says what goes with the cases, since this one cannot be undone, and deletes them. */
export function DeleteCases(props: {
  readonly rows: readonly CaseRow[];
  onClose(): void;
  onDeleted(caseIds: readonly string[]): void;
}) {
  const { t, number } = useText();
  const call = useCall();
  const { show } = useNotices();
  const [busy, setBusy] = useState(false);
  const { rows } = props;
  const sum = (of: (row: CaseRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const documents = sum((row) => row.documents);
  const entities = sum((row) => row.entities);
  const decided = sum((row) => row.decided);

  async function remove(): Promise<void> {
    setBusy(true);
    const gone: string[] = [];
    for (const row of rows) {
      if ((await call("cases.delete", { caseId: row.id })) === undefined) break;
      gone.push(row.id);
    }
    setBusy(false);
    props.onDeleted(gone);
    if (gone.length > 0) show(t("cases:deleted", { count: gone.length, n: number(gone.length) }));
    props.onClose();
  }

  return (
    <Modal
      opened={rows.length > 0}
      onClose={props.onClose}
      title={
        rows.length === 1
          ? t("cases:deleteOne", { title: rows[0]?.title })
          : t("cases:deleteMany", { n: number(rows.length) })
      }
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text>{t("cases:deleteWhat")}</Text>
      <List my="sm">
        <List.Item>{t("cases:notes", { count: documents, n: number(documents) })}</List.Item>
        <List.Item>{t("cases:deleteEntities", { count: entities, n: number(entities) })}</List.Item>
        <List.Item>{t("cases:deleteDecided", { count: decided, n: number(decided) })}</List.Item>
      </List>
      <Text c="dimmed">{t("cases:deleteFiles")}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {t("cases:keep")}
        </Button>
        <Button color="red.9" loading={busy} onClick={remove}>
          {t("cases:delete")}
        </Button>
      </Group>
    </Modal>
  );
}
