import type { ExportRecord } from "#contract/records.ts";
import { isOpenFilter } from "#core/entity/filter.ts";
import { useText } from "../frame/useText.ts";
import classes from "./export.module.css";

/** What was exported of these notes, and when. */
export function ExportHistory(props: { readonly records: readonly ExportRecord[] }) {
  const { t, moment, number } = useText();
  return (
    <details className={classes.history}>
      <summary>
        {t("export:history")} ({number(props.records.length)})
      </summary>
      {props.records.length === 0 ? (
        <p>{t("export:noHistory")}</p>
      ) : (
        <ul>
          {props.records.map((record) => (
            <li key={record.id} title={record.files.join(", ")}>
              {t("export:historyLine", {
                date: moment(record.date),
                format: t(`export:formats.${record.format}`),
                findings: t("export:findings", { count: record.entities, n: number(record.entities) }),
              })}
              {!isOpenFilter(record.filter) && ` · ${t("export:byFilter")}`}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
