import { Button, Group, Modal, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useState } from "react";
import type { ModelReport } from "#contract/records.ts";
import { describeReason } from "#core/errors.ts";
import { useText } from "../frame/useText.ts";
import classes from "./ModelReportDialog.module.css";
import { canAdd, parametersInWords, verdictsOf } from "./verdicts.ts";

const icons = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX };

/** What was found out about a model or adapter, before anything of it is used. */
export function ModelReportDialog(props: {
  readonly report: ModelReport | null;
  onClose(): void;
  onAdd(sha256: string): Promise<void>;
}) {
  const { t } = useText();
  const { report } = props;
  return (
    <Modal
      opened={report !== null}
      onClose={props.onClose}
      size="lg"
      title={report?.kind === "adapter" ? t("models:reportAdapter") : t("models:reportModel")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {report !== null && <Report report={report} onClose={props.onClose} onAdd={props.onAdd} />}
    </Modal>
  );
}

function Report(props: {
  readonly report: ModelReport;
  onClose(): void;
  onAdd(sha256: string): Promise<void>;
}) {
  const { t, bytes, seconds, number, language, explain } = useText();
  const { report } = props;
  const refusal = report.adapter?.refusal;
  const [adding, setAdding] = useState(false);
  const size = parametersInWords(report.parameters);
  const values = {
    needed: bytes(report.memoryNeededBytes),
    available: bytes(report.memoryAvailableBytes),
    time: seconds(report.secondsPerNote ?? 0),
    licence: report.licence,
    reason: refusal ? describeReason(refusal, language) : (report.adapter?.reason ?? ""),
    count: report.types.length,
    ...(report.failure && explain(report.failure)),
    taught: report.adapter?.otherPrompt?.taught ?? "",
    now: report.adapter?.otherPrompt?.now ?? "",
  };
  const facts: readonly (readonly [string, string])[] = [
    ["file", report.fileName],
    ["architecture", report.architecture],
    ["parameters", t(`models:parameters.${size.unit}`, { n: number(size.value) })],
    ["shape", t("models:shapeOf", { layers: number(report.layers), width: number(report.width) })],
    ["vocabulary", number(report.vocabulary)],
    ["context", t("models:tokens", { n: number(report.contextTokens) })],
    ["quantisation", report.quantisation],
    ["size", bytes(report.fileBytes)],
    ["sha256", report.sha256],
  ];
  return (
    <>
      <Text fw={600} mb="xs">
        {report.name}
      </Text>
      <ul className={classes.verdicts}>
        {verdictsOf(report).map((verdict) => {
          const Icon = icons[verdict.level];
          return (
            <li key={verdict.id} className={classes.verdict} data-level={verdict.level}>
              <Icon
                size={18}
                stroke={1.8}
                className={classes.icon}
                role="img"
                aria-label={t(`models:level.${verdict.level}`)}
              />
              <span>{t(`models:verdict.${verdict.text}`, values)}</span>
            </li>
          );
        })}
      </ul>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{t(`models:facts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose}>
          {t("cancel")}
        </Button>
        <Button
          disabled={!canAdd(report)}
          loading={adding}
          onClick={async () => {
            setAdding(true);
            await props.onAdd(report.sha256);
            setAdding(false);
          }}
        >
          {t("models:addThis")}
        </Button>
      </Group>
    </>
  );
}
