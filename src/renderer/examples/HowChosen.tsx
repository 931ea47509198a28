import { NumberInput, Select } from "@mantine/core";
import type { Settings } from "#contract/records.ts";
import { type SelectStrategy, selectStrategies } from "#core/entity/example.ts";
import { useText } from "../frame/useText.ts";
import { SettingGroup, SettingRow } from "../settings/SettingRow.tsx";
import { useSettings } from "../state/settings.tsx";
import { useChangeSettings } from "../state/useChangeSettings.ts";
import { ExampleBudget } from "./ExampleBudget.tsx";

/** How examples are chosen for new runs. */
export function HowChosen() {
  const { t } = useText();
  const { settings } = useSettings();
  const set: (patch: Partial<Settings>) => void = useChangeSettings();
  return (
    <SettingGroup title={t("examples:how")}>
      <SettingRow
        control="example-select"
        name={t("examples:select")}
        text={t(`examples:strategyText.${settings.select}`)}
      >
        <Select
          id="example-select"
          aria-describedby="example-select-text"
          w={220}
          allowDeselect={false}
          data={selectStrategies.map((value) => ({ value, label: t(`examples:strategy.${value}`) }))}
          value={settings.select}
          onChange={(select) => set({ select: select as SelectStrategy })}
        />
      </SettingRow>
      <SettingRow control="example-count" name={t("examples:count")} text={t("examples:countText")}>
        <NumberInput
          id="example-count"
          aria-describedby="example-count-text"
          w={140}
          min={1}
          max={64}
          allowDecimal={false}
          value={settings.examples}
          onChange={(value) => typeof value === "number" && set({ examples: value })}
        />
      </SettingRow>
      <ExampleBudget />
    </SettingGroup>
  );
}
