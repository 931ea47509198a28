import { ActionIcon, Badge, Radio, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import classes from "./ModelCard.module.css";
import { parametersInWords } from "./verdicts.ts";

/** One installed model: how large, how fast, under which licence, and whether it can run here. */
export function ModelCard(props: {
  readonly model: InstalledModel;
  readonly chosen: boolean;
  onRemove(model: InstalledModel): void;
}) {
  const { t, bytes, seconds, number } = useText();
  const { report } = props.model;
  const size = parametersInWords(report.parameters);
  const facts = [
    t(`models:parameters.${size.unit}`, { n: number(size.value) }),
    report.quantisation,
    bytes(report.fileBytes),
    t("models:needs", { memory: bytes(report.memoryNeededBytes) }),
    report.secondsPerNote === null ? "" : t("models:perNote", { time: seconds(report.secondsPerNote) }),
    report.licence ?? t("models:licenceUnknown"),
  ].filter((fact) => fact !== "");
  return (
    <div className={classes.card} data-chosen={props.chosen || undefined} data-model-id={props.model.id}>
      <Radio
        value={props.model.id}
        disabled={!props.model.present}
        label={report.name}
        description={facts.join(" · ")}
        classNames={{ label: classes.name, body: classes.body }}
      />
      <div className={classes.side}>
        {!props.model.present && (
          <Badge color="red.9" variant="filled" tt="none">
            {t("models:gone")}
          </Badge>
        )}
        {props.model.present && !report.fitsMemory && (
          <Badge color="orange.9" variant="filled" tt="none">
            {t("models:tooLarge")}
          </Badge>
        )}
        {props.model.bundled ? (
          <Text size="sm" c="dimmed">
            {t("models:bundled")}
          </Text>
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("models:remove", { name: report.name })}
            title={t("models:remove", { name: report.name })}
            onClick={() => props.onRemove(props.model)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}
