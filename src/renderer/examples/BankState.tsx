import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { StoredExample } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import { ExampleRow } from "./ExampleRow.tsx";
import classes from "./examples.module.css";
import { ForeignLabels } from "./ForeignLabels.tsx";
import { ReadGroups } from "./ReadGroups.tsx";
import { useFaultWords } from "./useFaultWords.ts";
import { VectorsNotice } from "./VectorsNotice.tsx";

/** What keeps examples of the bank from being shown or found, and what can be done about it; else nothing. */
export function BankState(props: {
  onEdit(example: StoredExample): void;
  onDelete(example: StoredExample): void;
}) {
  const { t, number } = useText();
  const faultWords = useFaultWords();
  const { value } = useAnswer("examples.state", {}, { keep: true, refreshOn: ["examples", "settings"] });
  if (!value) return null;
  const { vectors, unfit, unfitTotal, foreignLabels, readGroups } = value;
  return (
    <>
      {vectors !== null && <VectorsNotice vectors={vectors} />}
      {foreignLabels.length > 0 && <ForeignLabels labels={foreignLabels} />}
      {readGroups.length > 0 && <ReadGroups groups={readGroups} />}
      {unfitTotal > 0 && (
        <Alert
          mb="md"
          variant="default"
          icon={<IconAlertTriangle />}
          title={t("examples:unfit", { n: number(unfitTotal) })}
          data-unfit-stored
        >
          <ul className={`${classes.list} ${classes.told}`}>
            {unfit.map(({ example, fault }) => (
              <ExampleRow
                key={example.id}
                example={example}
                note={<span>{faultWords(fault)}</span>}
                onEdit={props.onEdit}
                onDelete={props.onDelete}
              />
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
