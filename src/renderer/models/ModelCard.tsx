import { Radio } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { InstalledSide } from "./InstalledSide.tsx";
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
      <InstalledSide installed={props.model} onRemove={props.onRemove} />
    </div>
  );
}
