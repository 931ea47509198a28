import { ActionIcon, Button, Group, Select, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { type EvaluationRow, rowKey } from "#contract/evaluation.ts";
import type { ModelsState } from "#contract/records.ts";
import { selectStrategies } from "#core/entity/example.ts";
import type { Paradigm } from "#core/entity/extraction.ts";
import { useText } from "../frame/useText.ts";
import { BesideSelect } from "../models/BesideSelect.tsx";
import { keptBeside } from "../models/beside.ts";
import { paradigms, possibleWay, waysOf } from "../models/ways.ts";
import { useSettings } from "../state/settings.tsx";
import classes from "./evaluation.module.css";
import { everyWay, namesOf, systemName, withRow } from "./systems.ts";

/** Rows of one comparison, at most. */
const MOST_ROWS = 12;

/** Which systems are compared: a list, and the form that adds one to it. */
export function ChooseRows(props: {
  readonly models: ModelsState;
  /** How new notes are read now: where the form begins. */
  readonly present: EvaluationRow;
  readonly rows: readonly EvaluationRow[];
  readonly disabled: boolean;
  onRows(rows: readonly EvaluationRow[]): void;
}) {
  const { t } = useText();
  const { settings } = useSettings();
  const { models, rows, disabled } = props;
  const [draft, setDraft] = useState(props.present);
  const installed = models.models.filter((model) => model.present);
  const reportOf = (id: string | null) => installed.find((model) => model.id === id)?.report;
  const waysFor = (row: EvaluationRow) => waysOf(reportOf(row.modelId), reportOf(row.adapterId));
  const ways = waysFor(draft);
  const isListed = rows.some((row) => rowKey(row) === rowKey(draft));
  const withEveryWay = everyWay(draft, ways).reduce(withRow, rows);

  function change(patch: Partial<EvaluationRow>): void {
    const next = { ...draft, ...patch };
    const paradigm = possibleWay(next.paradigm, waysFor(next));
    setDraft({ ...next, paradigm, select: paradigm === "few" ? (next.select ?? settings.select) : null });
  }

  return (
    <>
      <ul className={classes.rows} aria-labelledby="evaluation-systems">
        {rows.map((row) => {
          const name = systemName(namesOf(row, models.models), row, t);
          return (
            <li key={rowKey(row)} className={classes.row}>
              <span>{name}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={disabled}
                aria-label={t("evaluation:removeRow", { name })}
                onClick={() => props.onRows(rows.filter((one) => one !== row))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {rows.length === 0 && <Text c="dimmed">{t("evaluation:noRows")}</Text>}
      <Group align="flex-end" gap="xs" mt="xs">
        <Select
          size="sm"
          label={t("evaluation:model")}
          data={installed
            .filter(({ report }) => report.kind === "model")
            .map(({ id, report }) => ({ value: id, label: report.name }))}
          value={draft.modelId}
          allowDeselect={false}
          disabled={disabled}
          onChange={(modelId) =>
            modelId &&
            change({
              modelId,
              adapterId: keptBeside(draft.adapterId, modelId, installed),
              selectorId: keptBeside(draft.selectorId, modelId, installed),
            })
          }
        />
        <BesideSelect
          size="sm"
          label={t("models:beside.adapter.title")}
          beside="adapter"
          modelId={draft.modelId}
          models={models.models}
          value={draft.adapterId}
          disabled={disabled}
          onChange={(adapterId) => change({ adapterId, ...(adapterId && { paradigm: "tuned" }) })}
        />
        <Select
          size="sm"
          label={t("models:paradigm")}
          data={paradigms.map((value) => ({
            value,
            label: t(`models:paradigms.${value}.name`),
            disabled: !ways.has(value),
          }))}
          value={draft.paradigm}
          allowDeselect={false}
          disabled={disabled}
          onChange={(value) => change({ paradigm: value as Paradigm })}
        />
        <BesideSelect
          size="sm"
          label={t("models:beside.selector.title")}
          beside="selector"
          modelId={draft.modelId}
          models={models.models}
          value={draft.selectorId}
          disabled={disabled}
          onChange={(selectorId) => change({ selectorId })}
        />
        {draft.select !== null && (
          <Select
            size="sm"
            label={t("evaluation:selectLabel")}
            data={selectStrategies.map((value) => ({ value, label: t(`evaluation:select.${value}`) }))}
            value={draft.select}
            allowDeselect={false}
            disabled={disabled}
            onChange={(value) => change({ select: value as EvaluationRow["select"] })}
          />
        )}
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={disabled || isListed || rows.length >= MOST_ROWS || !ways.has(draft.paradigm)}
          onClick={() => props.onRows(withRow(rows, draft))}
        >
          {t("evaluation:addRow")}
        </Button>
        {ways.size > 1 && (
          <Button
            size="sm"
            variant="subtle"
            disabled={disabled || withEveryWay.length === rows.length || withEveryWay.length > MOST_ROWS}
            onClick={() => props.onRows(withEveryWay)}
          >
            {t("evaluation:addEveryWay")}
          </Button>
        )}
      </Group>
    </>
  );
}
