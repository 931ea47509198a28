import { Button } from "@mantine/core";
import { defaultSettings } from "#contract/defaultSettings.ts";
import { useText } from "../frame/useText.ts";
import { NumberSetting } from "../settings/NumberSetting.tsx";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useChangeSettings } from "../state/useChangeSettings.ts";

const byDefault = defaultSettings.examplesBudget;

/** Tokens that examples may take, and what that is of the context of the model that reads. */
export function ExampleBudget() {
  const { t, number, percent } = useText();
  const { settings } = useSettings();
  const set = useChangeSettings();
  const budget = settings.examplesBudget;
  const models = useAnswer("models.list", {}, { refreshOn: ["models"] }).value;
  const report = models?.models.find(({ id }) => id === models.chosen.modelId)?.report;
  const context = report && (report.usedContextTokens ?? report.contextTokens);
  const cost =
    report && context
      ? t("examples:budgetCost", {
          model: report.name,
          context: number(context),
          share: percent(budget / context),
        })
      : "";
  return (
    <NumberSetting
      control="example-budget"
      name={t("examples:budget")}
      text={`${t("examples:budgetText", { n: number(byDefault) })} ${cost}`}
      least={50}
      most={100_000}
      step={100}
      value={budget}
      onChange={(examplesBudget) => set({ examplesBudget: examplesBudget ?? byDefault })}
    >
      {budget !== byDefault && (
        <Button size="xs" variant="subtle" onClick={() => set({ examplesBudget: byDefault })}>
          {t("examples:budgetReset")}
        </Button>
      )}
    </NumberSetting>
  );
}
