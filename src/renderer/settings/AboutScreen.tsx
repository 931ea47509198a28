import { Text } from "@mantine/core";
import type { Processors } from "#contract/records.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import classes from "./AboutScreen.module.css";
import { SettingGroup } from "./SettingRow.tsx";

/** What the program is, that nothing leaves the computer and how to check it, and whose work is in it. */
export function AboutScreen() {
  const { t, number, explain } = useText();
  const about = useAnswer("about.get", {});
  const processors = useAnswer("about.processors", {});
  const waiting = processors.error ? explain(processors.error).what : t("settings:about.asking");
  const processorWords = ({ name, threads }: Processors) =>
    t("settings:about.threads", { name, count: threads, n: number(threads) });
  const graphicsWords = ({ graphics }: Processors) =>
    graphics === null
      ? t("settings:about.noGpu")
      : t("settings:about.gpuBy", {
          devices: [...new Set(graphics.devices)].join(", "),
          by: { cuda: "CUDA", metal: "Metal", vulkan: "Vulkan" }[graphics.by],
        });
  const facts = about.value && [
    ["version", about.value.version],
    ["shell", t(`settings:about.shells.${about.value.shell}`)],
    ["platform", about.value.platform],
    ["processor", processors.value ? processorWords(processors.value) : waiting],
    ["gpu", processors.value ? graphicsWords(processors.value) : waiting],
    ["dataFolder", about.value.dataFolder],
  ];
  return (
    <Screen title={t("settings:about.title")}>
      <Text size="lg" mb="lg">
        {t("settings:about.what")}
      </Text>
      {about.error !== null && <Text c="var(--bad)">{explain(about.error).what}</Text>}
      <SettingGroup title={t("settings:about.offline.title")}>
        <Text mt="sm">{t("settings:about.offline.text")}</Text>
        <Text mt="xs">
          {t("settings:about.offline.check")}{" "}
          <code className={classes.code}>notegrain selftest --offline</code>
        </Text>
      </SettingGroup>
      <SettingGroup title={t("settings:about.use.title")}>
        <Text mt="sm">{t("settings:about.use.text")}</Text>
      </SettingGroup>
      <SettingGroup title={t("settings:about.program")}>
        <dl className={classes.facts}>
          {facts?.map(([name, value]) => (
            <div key={name} className={classes.fact}>
              <dt>{t(`settings:about.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </SettingGroup>
      <SettingGroup title={t("settings:about.licences")}>
        <Text mt="sm" mb="xs">
          {t("settings:about.ownLicence")}
        </Text>
        <dl className={classes.facts}>
          {about.value?.licences.map((licence) => (
            <div key={licence.name} className={classes.fact}>
              <dt>{licence.name}</dt>
              <dd>{licence.licence}</dd>
            </div>
          ))}
        </dl>
      </SettingGroup>
    </Screen>
  );
}
