import { Text } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { fitsInWords } from "./beside.ts";
import { InstalledSide } from "./InstalledSide.tsx";
import classes from "./ModelCard.module.css";

/** One installed adapter or selector: for which model, how large, under which licence, and its file. */
export function BesideCard(props: {
  readonly adapter: InstalledModel;
  readonly models: readonly InstalledModel[];
  readonly chosen: boolean;
  onRemove(adapter: InstalledModel): void;
}) {
  const { t, bytes } = useText();
  const { id, report } = props.adapter;
  const facts = [
    fitsInWords(props.adapter, props.models, t),
    bytes(report.fileBytes),
    report.licence ?? t("models:licenceUnknown"),
    report.fileName,
  ];
  return (
    <li className={classes.card} data-chosen={props.chosen || undefined} data-model-id={id}>
      <div className={classes.words}>
        <Text className={classes.name}>{report.name}</Text>
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
      </div>
      <InstalledSide installed={props.adapter} onRemove={props.onRemove} />
    </li>
  );
}
