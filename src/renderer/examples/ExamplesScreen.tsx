import { Group, Pagination, Select, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { StoredExample } from "#contract/examples.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { BankState } from "./BankState.tsx";
import { EditExample } from "./EditExample.tsx";
import { ExampleRow } from "./ExampleRow.tsx";
import classes from "./examples.module.css";
import { HowChosen } from "./HowChosen.tsx";
import { ImportExamples } from "./ImportExamples.tsx";

/** Rows a page. */
const PAGE = 50;

/** The bank: marked sentences that a model is shown before a note. */
export function ExamplesScreen() {
  const { t, number, typeLabel } = useText();
  const call = useCall();
  const { settings } = useSettings();
  const [search, setSearch] = useState("");
  const [type, setType] = useState<string | null>(null);
  const [marked, setMarked] = useState<"pinned" | "banned" | null>(null);
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState<StoredExample | null>(null);
  const offset = (page - 1) * PAGE;
  const list = useAnswer(
    "examples.list",
    { search, type, marked, offset, limit: PAGE },
    { keep: true, refreshOn: ["examples"] },
  );
  const { total = 0, size = 0, examples = [] } = list.value ?? {};
  const remove = ({ id }: StoredExample) => void call("examples.delete", { ids: [id] });

  function narrow<Value>(set: (value: Value) => void): (value: Value) => void {
    return (value) => {
      set(value);
      setPage(1);
    };
  }

  return (
    <Screen title={t("examples:title")}>
      <Text mb="md">{t("examples:about")}</Text>
      <ImportExamples />
      <BankState onEdit={setEditing} onDelete={remove} />
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
              <ExampleRow key={example.id} example={example} onEdit={setEditing} onDelete={remove} />
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
