import {
  Alert,
  Button,
  Group,
  List,
  Pagination,
  Progress,
  Select,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { ExamplesImport, StoredExample } from "#contract/examples.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useEvent } from "../state/client.tsx";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { EditExample } from "./EditExample.tsx";
import { ExampleRow } from "./ExampleRow.tsx";
import classes from "./examples.module.css";
import { HowChosen } from "./HowChosen.tsx";

/** Rows a page. */
const PAGE = 50;

/** The bank: marked sentences that a model is shown before a note. */
export function ExamplesScreen() {
  const { t, number, explain, typeLabel } = useText();
  const call = useCall();
  const { settings } = useSettings();
  const [search, setSearch] = useState("");
  const [type, setType] = useState<string | null>(null);
  const [marked, setMarked] = useState<"pinned" | "banned" | null>(null);
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<StoredExample | null>(null);
  const [report, setReport] = useState<ExamplesImport | null>(null);
  const [indexing, setIndexing] = useState<{ readonly done: number; readonly total: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const offset = (page - 1) * PAGE;
  const list = useAnswer(
    "examples.list",
    { search, type, marked, offset, limit: PAGE },
    { keep: true, refreshOn: ["examples"] },
  );
  const { total = 0, size = 0, examples = [] } = list.value ?? {};
  useEvent("examples", ({ indexing: now }) => setIndexing(now && now.done < now.total ? now : null));

  async function take(files: FileList | null): Promise<void> {
    const given = await Promise.all(
      [...(files ?? [])].map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
    if (input.current) input.current.value = "";
    if (given.length > 0) setReport((await call("examples.import", { files: given })) ?? null);
  }
  function narrow<Value>(set: (value: Value) => void): (value: Value) => void {
    return (value) => {
      set(value);
      setPage(1);
    };
  }

  return (
    <Screen title={t("examples:title")}>
      <Text mb="md">{t("examples:about")}</Text>
      <Group gap="xs" mb="md">
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => input.current?.click()}>
          {t("examples:import")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={async () => setReport((await call("examples.importReviewed", {})) ?? null)}
        >
          {t("examples:importReviewed")}
        </Button>
        <input
          ref={input}
          hidden
          type="file"
          multiple
          accept=".ann,.txt,.iob,.iob2,.bio,.conll,.tsv"
          data-import="examples"
          onChange={(event) => void take(event.currentTarget.files)}
        />
      </Group>
      {report !== null && (
        <Alert
          mb="md"
          variant="default"
          role="status"
          withCloseButton
          closeButtonLabel={t("close")}
          onClose={() => setReport(null)}
          title={t("examples:imported", { n: number(report.added), known: number(report.known) })}
        >
          <List size="sm">
            {report.errors.map((error) => (
              <List.Item key={`${error.code} ${JSON.stringify(error.params)}`}>
                {explain(error).what} {explain(error).next}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {indexing !== null && (
        <div role="status" className={classes.indexing}>
          {t("examples:indexing", { done: number(indexing.done), n: number(indexing.total) })}
          <Progress
            value={(100 * indexing.done) / indexing.total}
            size="sm"
            aria-label={t("examples:indexingLabel")}
          />
        </div>
      )}
      <HowChosen />
      <Title order={2} size="h4" mb="xs">
        {t("examples:bank", { n: number(size) })}
      </Title>
      {size === 0 && !list.loading ? (
        <Text c="dimmed">{t("examples:empty")}</Text>
      ) : (
        <>
          <Group gap="xs" mb="sm" align="end">
            <TextInput
              label={t("examples:search")}
              type="search"
              leftSection={<IconSearch size={14} aria-hidden />}
              value={search}
              maxLength={1000}
              onChange={(event) => narrow(setSearch)(event.currentTarget.value)}
            />
            <Select
              label={t("examples:type")}
              clearable
              clearButtonProps={{ "aria-label": t("examples:allTypes") }}
              placeholder={t("examples:allTypes")}
              data={settings.types.map((name) => ({ value: name, label: typeLabel(name) }))}
              value={type}
              onChange={narrow(setType)}
            />
            <Select
              label={t("examples:marked")}
              allowDeselect={false}
              data={[
                { value: "", label: t("examples:all") },
                { value: "pinned", label: t("examples:pinned") },
                { value: "banned", label: t("examples:banned") },
              ]}
              value={marked ?? ""}
              onChange={(value) => narrow(setMarked)(value === "pinned" || value === "banned" ? value : null)}
            />
          </Group>
          {total === 0 && <Text c="dimmed">{t("examples:noMatch")}</Text>}
          <ul className={classes.list} aria-label={t("examples:title")}>
            {examples.map((example) => (
              <ExampleRow
                key={example.id}
                example={example}
                onEdit={setEditing}
                onDelete={({ id }) => void call("examples.delete", { ids: [id] })}
              />
            ))}
          </ul>
          {total > PAGE && (
            <Pagination
              mt="sm"
              size="sm"
              total={Math.ceil(total / PAGE)}
              value={page}
              onChange={setPage}
              aria-label={t("examples:pages")}
              getControlProps={(control) => ({ "aria-label": t(`examples:page.${control}`) })}
            />
          )}
        </>
      )}
      {editing !== null && <EditExample example={editing} onClose={() => setEditing(null)} />}
    </Screen>
  );
}
