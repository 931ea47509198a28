import { Button, Checkbox, Group, Loader, Modal, Radio, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { type ExportFormat, exportFormats } from "#contract/records.ts";
import { type EntityFilter, isOpenFilter } from "#core/entity/filter.ts";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { ExportHistory } from "./ExportHistory.tsx";
import { ExportPreview } from "./ExportPreview.tsx";
import classes from "./export.module.css";
import { saveFiles } from "./saveFiles.ts";

/** So many saved files are named; of more only their number is told. */
const NAMED_FILES = 3;

/** Exports notes: which format, everything or what the filter shows, a look at the result before it is saved. */
export function ExportDialog(props: {
  readonly opened: boolean;
  readonly documentIds: readonly string[];
  /** What the screen shows now; an open filter offers no choice. */
  readonly filter: EntityFilter;
  onClose(): void;
}) {
  const { t } = useText();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t("export:title")}
      size={860}
      classNames={{ title: classes.title ?? "" }}
      closeButtonProps={{ "aria-label": t("export:close") }}
    >
      {props.opened && <ExportForm {...props} />}
    </Modal>
  );
}

function ExportForm(props: {
  readonly documentIds: readonly string[];
  readonly filter: EntityFilter;
  onClose(): void;
}) {
  const { t, number, explain } = useText();
  const call = useCall();
  const narrowed = !isOpenFilter(props.filter);
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [filtered, setFiltered] = useState(narrowed);
  const [withText, setWithText] = useState(false);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<readonly string[]>([]);
  const request = {
    documentIds: [...props.documentIds],
    format,
    filter: filtered && format !== "training" ? mutable(props.filter) : {},
    withText: withText && format === "json",
  };
  const preview = useAnswer("export.preview", request, { keep: true });
  const about = useAnswer("about.get", {});
  const history = useAnswer("export.history", { documentIds: [...props.documentIds] });

  async function save(): Promise<void> {
    setSaving(true);
    const answer = await call("export.save", request);
    setSaving(false);
    if (answer === undefined || answer.saved === null) return;
    saveFiles(answer.files);
    setSaved(answer.record?.files ?? []);
    history.refresh();
  }

  const savedWords =
    saved.length > NAMED_FILES
      ? t("export:savedMany", { n: number(saved.length) })
      : t("export:saved", { files: saved.join(", ") });

  const of = props.documentIds.length;
  /** How many of the notes are in the files. */
  const notesWords = (count: number) =>
    t(count < of ? "export:notesOf" : "export:notes", { count: of, n: number(count), of: number(of) });

  return (
    <Stack gap="sm">
      <div>
        <SegmentedControl
          fullWidth
          value={format}
          onChange={(value) => setFormat(value as ExportFormat)}
          aria-label={t("export:format")}
          data={exportFormats.map((one) => ({ value: one, label: t(`export:formats.${one}`) }))}
        />
        <Text size="sm" c="dimmed" mt={6}>
          {t(`export:about.${format}`)}
        </Text>
      </div>
      <Group gap="xl">
        <Radio.Group
          aria-label={t("export:which")}
          value={filtered && format !== "training" ? "filtered" : "everything"}
          onChange={(value) => setFiltered(value === "filtered")}
        >
          <Group gap="md">
            <Radio value="everything" size="sm" label={t("export:everything")} />
            <Radio
              value="filtered"
              size="sm"
              label={t("export:filtered")}
              disabled={!narrowed || format === "training"}
            />
          </Group>
        </Radio.Group>
        {format === "json" && (
          <Checkbox
            size="sm"
            label={t("export:withText")}
            checked={withText}
            onChange={(event) => setWithText(event.currentTarget.checked)}
          />
        )}
      </Group>
      {preview.error ? (
        <Text c="var(--bad)" size="sm" role="alert">
          {explain(preview.error).what} {explain(preview.error).next}
        </Text>
      ) : (
        <ExportPreview
          files={preview.value?.files ?? null}
          onDrag={about.value?.shell === "electron" ? () => void call("export.drag", request) : undefined}
        />
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status" className={classes.outcome}>
          {saved.length > 0 && <strong>{savedWords} </strong>}
          {preview.value &&
            `${notesWords(preview.value.documents)} · ${t("export:findings", {
              count: preview.value.entities,
              n: number(preview.value.entities),
            })}`}
        </Text>
        {/* Busy but not disabled, or the keyboard would lose its place. */}
        <Button
          onClick={() => saving || void save()}
          aria-busy={saving}
          leftSection={saving && <Loader size={14} color="white" />}
          disabled={preview.value === undefined || preview.error !== null}
        >
          {t("export:save")}
        </Button>
      </Group>
      <ExportHistory records={history.value ?? []} />
    </Stack>
  );
}

/** The request's own copy: what crosses a line is plain, changeable data. */
function mutable(filter: EntityFilter) {
  const { types, polarity, certainty, experiencer, temporality, sections, statuses, ...rest } = filter;
  const copy = <Item,>(list: readonly Item[] | undefined) => (list === undefined ? undefined : [...list]);
  return {
    ...rest,
    types: copy(types),
    polarity: copy(polarity),
    certainty: copy(certainty),
    experiencer: copy(experiencer),
    temporality: copy(temporality),
    sections: copy(sections),
    statuses: copy(statuses),
  };
}
