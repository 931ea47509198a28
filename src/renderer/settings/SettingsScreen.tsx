import { SegmentedControl, Select, Slider, Switch } from "@mantine/core";
import type { Settings } from "#contract/records.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { useChangeSettings } from "../state/useChangeSettings.ts";
import { KeySettings } from "./KeySettings.tsx";
import { NumberSetting } from "./NumberSetting.tsx";
import { OwnTypes } from "./OwnTypes.tsx";
import { SettingGroup, SettingRow } from "./SettingRow.tsx";
import classes from "./SettingsScreen.module.css";
import { TypesWanted } from "./TypesWanted.tsx";

/** Everything that can be chosen; each change holds at once. */
export function SettingsScreen() {
  const { t, number } = useText();
  const { settings } = useSettings();
  const set = useChangeSettings();
  const about = useAnswer("about.get", {}).value;

  return (
    <Screen title={t("settings:title")}>
      <SettingGroup title={t("settings:look")}>
        <SettingRow control="language" name={t("settings:language.name")}>
          <Select
            id="language"
            w={200}
            allowDeselect={false}
            data={[
              { value: "auto", label: t("settings:language.auto") },
              { value: "en", label: "English" },
              { value: "zh", label: "中文" },
            ]}
            value={settings.language}
            onChange={(language) => set({ language: language as Settings["language"] })}
          />
        </SettingRow>
        <SettingRow control="theme" name={t("settings:theme.name")}>
          <SegmentedControl
            id="theme"
            aria-labelledby="theme-label"
            data={(["auto", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`settings:theme.${value}`),
            }))}
            value={settings.theme}
            onChange={(theme) => set({ theme: theme as Settings["theme"] })}
          />
        </SettingRow>
        <SettingRow control="font-size" name={t("settings:fontSize.name")} text={t("settings:fontSize.text")}>
          <div className={classes.size}>
            <Slider
              id="font-size"
              min={12}
              max={26}
              step={1}
              value={settings.fontSize}
              label={(value) => t("settings:fontSize.pixels", { n: number(value) })}
              thumbLabel={t("settings:fontSize.name")}
              onChange={(fontSize) => set({ fontSize })}
            />
            <p className={classes.sample}>{t("settings:fontSize.sample")}</p>
          </div>
        </SettingRow>
        <SettingRow control="labels" name={t("settings:labels.name")} text={t("settings:labels.text")}>
          <Switch
            id="labels"
            aria-describedby="labels-text"
            checked={settings.alwaysShowLabels}
            onChange={(event) => set({ alwaysShowLabels: event.currentTarget.checked })}
          />
        </SettingRow>
      </SettingGroup>

      <SettingGroup title={t("settings:reading")}>
        <SettingRow control="auto-run" name={t("settings:autoRun.name")} text={t("settings:autoRun.text")}>
          <Switch
            id="auto-run"
            aria-describedby="auto-run-text"
            checked={settings.autoRun}
            onChange={(event) => set({ autoRun: event.currentTarget.checked })}
          />
        </SettingRow>
        <TypesWanted wanted={settings.types} onChange={(types) => set({ types })} />
        <OwnTypes settings={settings} onChange={set} />
        <SettingRow
          control="output-format"
          name={t("settings:outputFormat.name")}
          text={`${t(`settings:outputFormat.text.${settings.outputFormat}`)} ${t("settings:outputFormat.learned")}`}
        >
          <SegmentedControl
            id="output-format"
            aria-labelledby="output-format-label"
            data={(["grounded", "brackets", "json"] as const).map((value) => ({
              value,
              label: t(`settings:outputFormat.${value}`),
            }))}
            value={settings.outputFormat}
            onChange={(outputFormat) => set({ outputFormat: outputFormat as Settings["outputFormat"] })}
          />
        </SettingRow>
        <SettingRow
          control="recall"
          name={t("settings:recall.name")}
          text={t(`settings:recall.text.${settings.recall}`)}
        >
          <SegmentedControl
            id="recall"
            aria-labelledby="recall-label"
            data={(["low", "balanced", "high"] as const).map((value) => ({
              value,
              label: t(`settings:recall.${value}`),
            }))}
            value={settings.recall}
            onChange={(recall) => set({ recall: recall as Settings["recall"] })}
          />
        </SettingRow>
        <NumberSetting
          control="threads"
          name={t("settings:threads.name")}
          text={t("settings:threads.text")}
          least={1}
          most={256}
          automatic={t("settings:automatic")}
          value={settings.threads === 0 ? null : settings.threads}
          onChange={(threads) => set({ threads: threads ?? 0 })}
        />
        <NumberSetting
          control="gpu-layers"
          name={t("settings:gpuLayers.name")}
          text={t("settings:gpuLayers.text")}
          least={0}
          most={1000}
          automatic={t("settings:automatic")}
          value={settings.gpuLayers < 0 ? null : settings.gpuLayers}
          onChange={(gpuLayers) => set({ gpuLayers: gpuLayers ?? -1 })}
        />
      </SettingGroup>

      <SettingGroup title={t("settings:data.title")}>
        <SettingRow control="data-folder" name={t("settings:data.folder")} text={t("settings:data.text")}>
          <output id="data-folder" className={classes.folder}>
            {about?.dataFolder ?? ""}
          </output>
        </SettingRow>
      </SettingGroup>

      <KeySettings own={settings.keys} onChange={(keys) => set({ keys })} />
    </Screen>
  );
}
