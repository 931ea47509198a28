import { Alert, Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { EvaluationRow, EvaluationState } from "#contract/evaluation.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useEvent } from "../state/client.tsx";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { ChooseNotes } from "./ChooseNotes.tsx";
import { ChooseRows } from "./ChooseRows.tsx";
import { EarlierModel } from "./EarlierModel.tsx";
import { EvaluationProgress } from "./EvaluationProgress.tsx";
import { ResultView } from "./ResultView.tsx";
import { rowOf } from "./systems.ts";

/** Compares models, adapters and ways of reading on the user's own reviewed notes. */
export function EvaluationScreen() {
  const { t, explain, moment } = useText();
  const call = useCall();
  const { settings } = useSettings();
  const models = useAnswer("models.list", {}, { refreshOn: ["models"] });
  const notes = useAnswer("evaluation.notes", {}, { refreshOn: ["cases"] });
  const asked = useAnswer("evaluation.state", {});
  const list = useAnswer("evaluation.list", {});
  const [told, setTold] = useState<EvaluationState | null>(null);
  const [chosenRows, setRows] = useState<readonly EvaluationRow[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<string | null>(null);

  useEvent("evaluation", (next) => {
    setTold(next);
    if (next.phase === "idle") list.refresh();
  });

  const state = told ?? asked.value;
  const isRunning = state !== undefined && state.phase !== "idle";
  const present = models.value && rowOf(models.value.chosen, settings.select);
  const rows = chosenRows ?? (present ? [present] : []);
  const documentIds = (notes.value ?? []).map((note) => note.documentId).filter((id) => !left.has(id));
  const results = list.value ?? [];
  const result = results.find(({ id }) => String(id) === shown) ?? results[0];

  async function start(): Promise<void> {
    setShown(null);
    const begun = await call("evaluation.start", { documentIds, rows: rows.map((row) => ({ ...row })) });
    if (begun !== undefined) setTold(begun);
  }

  return (
    <Screen title={t("evaluation:title")}>
      <Text c="dimmed" mb="md">
        {t("evaluation:about")}
      </Text>
      {state?.error && (
        <Alert color="red" variant="light" title={explain(state.error).what} mb="md" role="alert">
          {explain(state.error).next}
        </Alert>
      )}
      {notes.value?.length === 0 ? (
        <Text mb="md">{t("evaluation:nothingReviewed")}</Text>
      ) : (
        models.value &&
        present && (
          <Stack gap="sm" mb="xl">
            <Title order={2} size="h4" id="evaluation-systems">
              {t("evaluation:systems")}
            </Title>
            <ChooseRows
              models={models.value}
              present={present}
              rows={rows}
              disabled={isRunning}
              onRows={setRows}
            />
            <Title order={2} size="h4">
              {t("evaluation:notes")}
            </Title>
            <ChooseNotes notes={notes.value ?? []} left={left} disabled={isRunning} onLeft={setLeft} />
            {isRunning && state ? (
              <EvaluationProgress state={state} />
            ) : (
              <Group>
                <Button disabled={rows.length === 0 || documentIds.length === 0} onClick={() => void start()}>
                  {t("evaluation:start")}
                </Button>
              </Group>
            )}
          </Stack>
        )
      )}
      <EarlierModel models={models.value} />
      {result && (
        <Stack gap="sm">
          <Group justify="space-between" align="flex-end">
            <Title order={2} size="h4">
              {t("evaluation:result", { date: moment(result.at) })}
            </Title>
            {results.length > 1 && (
              <Select
                size="xs"
                aria-label={t("evaluation:results")}
                allowDeselect={false}
                data={results.map(({ id, at }) => ({ value: String(id), label: `${id} · ${moment(at)}` }))}
                value={String(result.id)}
                onChange={setShown}
              />
            )}
          </Group>
          <ResultView key={result.id} result={result} present={present} onDeleted={list.refresh} />
        </Stack>
      )}
    </Screen>
  );
}
