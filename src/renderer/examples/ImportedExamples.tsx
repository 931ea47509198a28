import { Alert, List, Text } from "@mantine/core";
import type { ExamplesImport } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import classes from "./examples.module.css";
import { useFaultWords } from "./useFaultWords.ts";

/** What came of an import: how much is new and how much of that is almost alike, which files could not be used, and every sentence that was left out. */
export function ImportedExamples(props: { readonly report: ExamplesImport; onClose(): void }) {
  const { t, number, explain, typeLabel } = useText();
  const faultWords = useFaultWords();
  const { added, known, nearDuplicates, errors, unfit } = props.report;
  return (
    <Alert
      mb="md"
      variant="default"
      role="status"
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={props.onClose}
      title={t("examples:imported", { n: number(added), known: number(known) })}
    >
      {nearDuplicates > 0 && (
        <Text size="sm">{t("examples:importedAlike", { n: number(nearDuplicates) })}</Text>
      )}
      {errors.length > 0 && (
        <List size="sm" className={classes.told}>
          {errors.map((error) => (
            <List.Item key={`${error.code} ${JSON.stringify(error.params)}`}>
              {explain(error).what} {explain(error).next}
            </List.Item>
          ))}
        </List>
      )}
      {unfit.length > 0 && (
        <details>
          <summary>{t("examples:unfitShow", { n: number(unfit.length) })}</summary>
          <ul className={`${classes.list} ${classes.told}`}>
            {unfit.map(({ name, text, spans, fault }) => (
              <li key={`${name} ${text} ${JSON.stringify(spans)}`} data-unfit={fault}>
                <p className={classes.text}>{text}</p>
                <p className={classes.facts}>
                  {name} · {faultWords(fault)} ·{" "}
                  {spans
                    .map(({ type, start, end }) => `${typeLabel(type)}: “${text.slice(start, end)}”`)
                    .join(", ")}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Alert>
  );
}
