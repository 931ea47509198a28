import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type EvaluationResult, rowKey } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import { systemName } from "./systems.ts";

/** Which notes no system was scored on, since one of them had learned them; nothing where there are none. */
export function LearnedNotes(props: { readonly result: EvaluationResult }) {
  const { t, number } = useText();
  const { rows, documentIds, leftOut = [] } = props.result;
  if (leftOut.length === 0) return null;
  const title = t("evaluation:leftOut", {
    count: leftOut.length,
    n: number(leftOut.length),
    of: number(leftOut.length + documentIds.length),
  });
  return (
    <Alert variant="default" icon={<IconAlertTriangle />} title={title}>
      {rows.map((row) =>
        row.learned ? (
          <div key={rowKey(row)}>
            {t("evaluation:learnedBy", {
              name: systemName(row, row, t),
              count: row.learned,
              n: number(row.learned),
            })}
          </div>
        ) : null,
      )}
    </Alert>
  );
}
