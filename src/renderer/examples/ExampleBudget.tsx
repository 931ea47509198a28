import { Button, Group, NumberInput } from "@mantine/core";
import { useState } from "react";
import { defaultSettings } from "#contract/defaultSettings.ts";
import { useText } from "../frame/useText.ts";
import { SettingRow } from "../settings/SettingRow.tsx";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useChangeSettings } from "../state/useChangeSettings.ts";

const LEAST = 50;
const MOST = 100_000;
const byDefault = defaultSettings.examplesBudget;

/** Tokens that examples may take, and what that is of the context of the model that reads. */
export function ExampleBudget() {
  const { t, number, percent } = useText();
  const { settings } = useSettings();
  const set = useChangeSettings();
  const budget = settings.examplesBudget;
  // What is being typed may be too small for a moment: it is kept once it can be.
  const [typed, setTyped] = useState<{ readonly of: number; readonly value: number | string } | null>(null);
  const models = useAnswer("models.list", {}, { refreshOn: ["models"] }).value;
  const report = models?.models.find(({ id }) => id === models.chosen.modelId)?.report;
  const context = report && (report.usedContextTokens ?? report.contextTokens);

  function change(value: number | string): void {
    const fits = typeof value === "number" && value >= LEAST && value <= MOST;
    setTyped({ of: fits ? value : budget, value });
    if (fits) set({ examplesBudget: value });
  }

  return (
    <SettingRow
      control="example-budget"
      name={t("examples:budget")}
      text={[
        t("examples:budgetText", { n: number(byDefault) }),
        ...(report && context
          ? [
              t("examples:budgetCost", {
                model: report.name,
                context: number(context),
                share: percent(budget / context),
              }),
            ]
          : []),
      ].join(" ")}
    >
      <Group gap="xs">
        {budget !== byDefault && (
          <Button size="xs" variant="subtle" onClick={() => set({ examplesBudget: byDefault })}>
            {t("examples:budgetReset")}
          </Button>
        )}
        <NumberInput
          id="example-budget"
          aria-describedby="example-budget-text"
          w={140}
          min={LEAST}
          max={MOST}
          step={100}
          allowDecimal={false}
          value={typed?.of === budget ? typed.value : budget}
          onChange={change}
        />
      </Group>
    </SettingRow>
  );
}
