import { SegmentedControl, Table } from "@mantine/core";
import { useState } from "react";
import { type EvaluationResult, rowKey } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import classes from "./evaluation.module.css";
import { points, systemName } from "./systems.ts";

const measures = ["precision", "recall", "f1"] as const;

/** Precision, recall or F1 of every system by type, for the types that the chosen notes hold. */
export function TypeTable(props: { readonly result: EvaluationResult }) {
  const { t, number, typeLabel } = useText();
  const [measure, setMeasure] = useState<(typeof measures)[number]>("f1");
  const read = props.result.rows.flatMap((row) =>
    row.scores === null ? [] : [{ key: rowKey(row), name: systemName(row, row, t), types: row.scores.types }],
  );
  const held = props.result.types.filter((type) => (read[0]?.types[type]?.support ?? 0) > 0);
  return (
    <details>
      <summary>{t("evaluation:byType")}</summary>
      <SegmentedControl
        size="xs"
        my="xs"
        aria-label={t("evaluation:measure")}
        data={measures.map((value) => ({
          value,
          label: value === "f1" ? "F1" : t(`evaluation:${value}`),
        }))}
        value={measure}
        onChange={(value) => setMeasure(value as typeof measure)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse */}
      <section className={classes.scrollX} tabIndex={0} aria-label={t("evaluation:byType")}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("evaluation:type")}</Table.Th>
              {read.map(({ key, name }) => (
                <Table.Th key={key}>{name}</Table.Th>
              ))}
              <Table.Th className={classes.figure}>{t("evaluation:inNotes")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {held.map((type) => (
              <Table.Tr key={type}>
                <Table.Th scope="row">{typeLabel(type)}</Table.Th>
                {read.map(({ key, types }) => (
                  <Table.Td key={key}>{points(types[type]?.[measure] ?? 0)}</Table.Td>
                ))}
                <Table.Td className={classes.figure}>{number(read[0]?.types[type]?.support ?? 0)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </details>
  );
}
