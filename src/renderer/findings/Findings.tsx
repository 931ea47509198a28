import { Button, SegmentedControl } from "@mantine/core";
import { memo, useDeferredValue } from "react";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import { EntityTable } from "./EntityTable.tsx";
import classes from "./findings.module.css";
import { Summary } from "./Summary.tsx";

export type FindingsView = "summary" | "table";

/** What was found, beside the note: in short, or as a table. Both show what the filter leaves. */
export const Findings = memo(function Findings(props: {
  readonly view: FindingsView;
  readonly visible: readonly Entity[];
  readonly entities: readonly Entity[];
  readonly current: string | null;
  /** A model has yet to read the note, or is reading it. */
  readonly unread: boolean;
  onView(view: FindingsView): void;
  onFocus(id: string): void;
  onClearFilter(): void;
}) {
  const { t } = useText();
  // The note goes first: the lists follow when there is time.
  const visible = useDeferredValue(props.visible);
  const entities = useDeferredValue(props.entities);
  return (
    <section className={classes.pane} aria-label={t("note:fold")} data-findings>
      <SegmentedControl
        className={classes.views}
        size="xs"
        value={props.view}
        onChange={(view) => props.onView(view as FindingsView)}
        aria-label={t("findings:view")}
        data={[
          { value: "summary", label: t("findings:summary") },
          { value: "table", label: t("findings:table") },
        ]}
      />
      {visible.length === 0 ? (
        <div className={classes.empty}>
          {entities.length > 0 ? (
            <>
              <p>{t("findings:filtered")}</p>
              <Button size="compact-sm" variant="light" onClick={props.onClearFilter}>
                {t("findings:clear")}
              </Button>
            </>
          ) : (
            <p>{t(props.unread ? "findings:soon" : "findings:none")}</p>
          )}
        </div>
      ) : props.view === "summary" ? (
        <Summary visible={visible} entities={entities} current={props.current} onFocus={props.onFocus} />
      ) : (
        <EntityTable visible={visible} current={props.current} onFocus={props.onFocus} />
      )}
    </section>
  );
});
