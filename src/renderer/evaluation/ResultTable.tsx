import { Button, Table, Text } from "@mantine/core";
import {
  type EvaluatedRow,
  type EvaluationResult,
  type EvaluationRow,
  rowKey,
} from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import classes from "./evaluation.module.css";
import { points, systemName } from "./systems.ts";

/** A line a system: precision, recall, F1 with its interval, seconds a note, and the way to make it the one that reads. */
export function ResultTable(props: {
  readonly result: EvaluationResult;
  /** How new notes are read now. */
  readonly present: EvaluationRow | undefined;
  onUse(row: EvaluatedRow): void;
}) {
  const { t } = useText();
  const { result, present } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section className={classes.scrollX} tabIndex={0} aria-label={t("evaluation:table")}>
      <Table withRowBorders verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("evaluation:systemColumn")}</Table.Th>
            <Table.Th className={classes.figure}>{t("evaluation:precision")}</Table.Th>
            <Table.Th className={classes.figure}>{t("evaluation:recall")}</Table.Th>
            <Table.Th className={classes.figure}>F1</Table.Th>
            <Table.Th className={classes.figure}>{t("evaluation:interval")}</Table.Th>
            <Table.Th className={classes.figure}>{t("evaluation:perNote")}</Table.Th>
            <Table.Th className={classes.action}>{t("evaluation:newNotes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              <Table.Th scope="row">{systemName(row, row, t)}</Table.Th>
              <Figures row={row} />
              <Table.Td className={classes.action}>
                {present && rowKey(row) === rowKey(present) ? (
                  <Text size="sm" c="dimmed">
                    {t("evaluation:readsNow")}
                  </Text>
                ) : (
                  row.scores !== null && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t("evaluation:useNamed", { name: systemName(row, row, t) })}
                      onClick={() => props.onUse(row)}
                    >
                      {t("evaluation:use")}
                    </Button>
                  )
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Figures(props: { readonly row: EvaluatedRow }) {
  const { seconds, explain } = useText();
  const { row } = props;
  if (row.scores === null) {
    const { what, next } = explain(row.error);
    return (
      <Table.Td colSpan={5}>
        <Text size="sm" c="var(--bad)">
          {what} {next}
        </Text>
      </Table.Td>
    );
  }
  const { precision, recall, f1, ci95 } = row.scores.micro;
  return (
    <>
      <Table.Td className={classes.figure}>{points(precision)}</Table.Td>
      <Table.Td className={classes.figure}>{points(recall)}</Table.Td>
      <Table.Td className={classes.figure}>
        <strong>{points(f1)}</strong>
      </Table.Td>
      <Table.Td className={classes.figure}>{`${points(ci95[0])} – ${points(ci95[1])}`}</Table.Td>
      <Table.Td className={classes.figure}>{seconds(row.secondsPerDocument)}</Table.Td>
    </>
  );
}
