import { Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import {
  type EvaluationResult,
  type EvaluationRow,
  type evaluationFormats,
  rowKey,
} from "#contract/evaluation.ts";
import { UnreadExamples } from "../examples/UnreadExamples.tsx";
import { saveFiles } from "../export/saveFiles.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import { useChangeSettings } from "../state/useChangeSettings.ts";
import { F1Chart } from "./F1Chart.tsx";
import { LearnedNotes } from "./LearnedNotes.tsx";
import { ResultTable } from "./ResultTable.tsx";
import { bestRow, chosenOf, systemName } from "./systems.ts";
import { TypeTable } from "./TypeTable.tsx";
import { Verdicts } from "./Verdicts.tsx";

/** A finished comparison: figures, chart, what they are worth, and what can be done with it. */
export function ResultView(props: {
  readonly result: EvaluationResult;
  /** How new notes are read now. */
  readonly present: EvaluationRow | undefined;
  onDeleted(): void;
}) {
  const { t, number } = useText();
  const { show } = useNotices();
  const call = useCall();
  const changeSettings = useChangeSettings();
  const { result, present } = props;
  const best = bestRow(result.rows);
  // One line for all rows, which share the bank.
  const unread = result.rows.find((row) => row.unread?.examples)?.unread;
  const winner = best === null ? undefined : result.rows[best];

  async function use(row: EvaluationRow): Promise<void> {
    const { select } = row;
    const changed = await call("models.choose", chosenOf(row));
    if (changed === undefined) return;
    if (select !== null) changeSettings({ select });
    show(t("evaluation:nowUsed"));
  }

  async function save(format: (typeof evaluationFormats)[number]): Promise<void> {
    const answer = await call("evaluation.export", { evaluationId: result.id, format });
    if (answer !== undefined) saveFiles(answer.files);
  }

  return (
    <Stack gap="sm">
      {winner && (
        <Text fw={600}>
          {t(present && rowKey(winner) === rowKey(present) ? "evaluation:bestReads" : "evaluation:best", {
            name: systemName(winner, winner, t),
            count: result.documentIds.length,
            n: number(result.documentIds.length),
          })}
        </Text>
      )}
      <LearnedNotes result={result} />
      <ResultTable result={result} present={present} onUse={(row) => void use(row)} />
      {unread && <UnreadExamples unread={unread} />}
      <F1Chart result={result} />
      <Verdicts result={result} />
      <TypeTable result={result} />
      <Text size="sm" c="dimmed">
        {t("evaluation:caution")}
      </Text>
      <Group gap="xs">
        {(["csv", "json"] as const).map((format) => (
          <Button
            key={format}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => void save(format)}
          >
            {t(`evaluation:save.${format}`)}
          </Button>
        ))}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          ms="auto"
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={() => void call("evaluation.delete", { evaluationId: result.id }).then(props.onDeleted)}
        >
          {t("evaluation:delete")}
        </Button>
      </Group>
    </Stack>
  );
}
