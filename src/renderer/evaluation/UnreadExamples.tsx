import { Text } from "@mantine/core";
import type { EvaluationResult } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";

/** That examples of the bank were not read for all types: one line for all rows, which share the bank. */
export function UnreadExamples(props: { readonly result: EvaluationResult }) {
  const { t, number, typeLabel } = useText();
  const unread = props.result.rows.find((row) => row.unread?.examples)?.unread;
  if (!unread) return null;
  const types = unread.types.map(typeLabel).join(", ");
  return (
    <Text size="sm" data-unread>
      {t("examples:unread", { n: number(unread.examples), types })}
    </Text>
  );
}
