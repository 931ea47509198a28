import { Select } from "@mantine/core";
import { defaultSettings } from "#contract/defaultSettings.ts";
import type { Settings } from "#contract/records.ts";
import { type SelectStrategy, selectStrategies } from "#core/entity/example.ts";
import { useText } from "../frame/useText.ts";
import { NumberSetting } from "../settings/NumberSetting.tsx";
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
      <NumberSetting
        control="example-count"
        name={t("examples:count")}
        text={t("examples:countText")}
        least={1}
        most={64}
        value={settings.examples}
        onChange={(examples) => set({ examples: examples ?? defaultSettings.examples })}
      />
      <ExampleBudget />
    </SettingGroup>
  );
}
