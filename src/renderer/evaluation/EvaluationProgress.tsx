import { Button, Group, Progress, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { EvaluationState } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import classes from "./evaluation.module.css";

/** How far the comparison is, and the way to call it off. */
export function EvaluationProgress(props: { readonly state: EvaluationState }) {
  const { t, number } = useText();
  const call = useCall();
  const { phase, row, rows, done, documents } = props.state;
  const all = rows * documents;
  const share = phase === "comparing" ? 1 : all === 0 ? 0 : ((row ?? 0) * documents + done) / all;
  return (
    <section className={classes.box} aria-label={t("evaluation:underWay")}>
      <Group justify="space-between">
        <Text role="status">
          {phase === "waiting" && t("evaluation:waiting")}
          {phase === "comparing" && t("evaluation:comparing")}
          {phase === "reading" &&
            t("evaluation:reading", {
              row: number((row ?? 0) + 1),
              rows: number(rows),
              done: number(done),
              n: number(documents),
            })}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => call("evaluation.cancel", {})}
        >
          {t("cancel")}
        </Button>
      </Group>
      <Progress value={share * 100} mt="sm" size="sm" aria-label={t("evaluation:progress")} />
    </section>
  );
}
