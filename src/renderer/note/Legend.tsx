import { CloseButton } from "@mantine/core";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { useText } from "../frame/useText.ts";
import classes from "./Legend.module.css";
import { LOW_CONFIDENCE } from "./NoteChunk.tsx";
import markClasses from "./NoteText.module.css";
import { Swatch } from "./Swatch.tsx";
import { typeStyle } from "./typeStyle.ts";

const looks = [
  { key: "proposed", status: "proposed" },
  { key: "accepted", status: "accepted" },
  { key: "edited", status: "edited" },
  { key: "added", status: "added" },
  { key: "rejected", status: "rejected" },
  { key: "low", status: "proposed", low: true },
  { key: "negated", status: "proposed", look: "negated" },
  { key: "uncertain", status: "proposed", look: "uncertain" },
  { key: "family", status: "proposed", look: "family" },
  { key: "historical", status: "proposed", look: "historical" },
] as const;

/** What colours, strokes and marks mean. */
export function Legend(props: { onClose(): void }) {
  const { t, typeLabel, percent } = useText();
  const families = Map.groupBy(entityTypes, (type) => type.family);
  return (
    <aside className={classes.legend} aria-label={t("note:legend")}>
      <div className={classes.head}>
        <strong>{t("note:legendOf.title")}</strong>
        <CloseButton size="sm" aria-label={t("note:legendOf.close")} onClick={props.onClose} />
      </div>
      <div className={classes.families}>
        {[...families].map(([family, types]) => (
          <div key={family}>
            <div className={classes.family}>{t(`note:family.${family}`)}</div>
            {types.map((type) => (
              <div key={type.name} className={classes.type}>
                <span className={classes.short}>{typeStyle(type.name).short}</span>
                <Swatch type={type.name}>{typeLabel(type.name)}</Swatch>
              </div>
            ))}
          </div>
        ))}
      </div>
      <strong>{t("note:legendOf.marks")}</strong>
      <ul className={classes.marks}>
        {looks.map((one) => (
          <li key={one.key}>
            <span
              className={markClasses.mark}
              data-family="problem"
              data-stroke="solid"
              data-status={one.status}
              data-low={"low" in one || undefined}
              data-look={"look" in one ? one.look : undefined}
              data-first=""
              data-last
            >
              {t("note:legendOf.sample")}
            </span>
            <span>{t(`note:legendOf.${one.key}`, { percent: percent(LOW_CONFIDENCE) })}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
