import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFileExport,
  IconLayoutSidebarRight,
  IconPalette,
  IconTag,
  IconZoomQuestion,
} from "@tabler/icons-react";
import { memo } from "react";
import type { DocumentView } from "#contract/records.ts";
import type { Entity } from "#core/entity/entity.ts";
import { IconAction } from "../frame/IconAction.tsx";
import { useText } from "../frame/useText.ts";
import { AcceptAbove } from "../review/AcceptAbove.tsx";
import type { DeskCommand } from "../review/desk.ts";
import classes from "./ReadingDesk.module.css";
import { Replies } from "./Replies.tsx";

/** What the buttons over the note switch. */
export type DeskSwitches = {
  readonly legend: boolean;
  readonly labels: boolean;
  readonly folded: boolean;
  readonly acceptAbove: boolean;
};

/** The line over the note: its name, how much of it is checked, and what can be done. */
export const DeskBar = memo(function DeskBar(props: {
  readonly view: DocumentView;
  readonly entities: readonly Entity[];
  /** What "accept the certain ones" is about; asked for only while that is open. */
  readonly acceptable: readonly Entity[];
  readonly switches: DeskSwitches;
  readonly ready: boolean;
  onSwitch(name: keyof DeskSwitches): void;
  onUndo(): void;
  onRedo(): void;
  onExport(): void;
  dispatch(command: DeskCommand): void;
}) {
  const { t, number, percent } = useText();
  const { view, entities, switches } = props;
  const decided = entities.filter((entity) => entity.status !== "proposed").length;
  return (
    <div className={classes.bar}>
      <h1 className={classes.name}>{view.name}</h1>
      <span className={classes.count}>
        {entities.length > 0 && t("note:decided", { decided: number(decided), n: number(entities.length) })}
        {view.run && view.run.coverage < 1 && (
          <> · {t("note:coverage", { percent: percent(view.run.coverage) })}</>
        )}
      </span>
      {view.run?.info.outputFormat === "json" && <Replies documentId={view.id} />}
      <AcceptAbove
        visible={props.acceptable}
        opened={switches.acceptAbove}
        disabled={!props.ready}
        onToggle={() => props.onSwitch("acceptAbove")}
        onAccept={(threshold) => props.dispatch({ kind: "acceptAbove", threshold })}
      />
      <IconAction
        label={t("note:keys.leastCertain")}
        disabled={entities.length === 0}
        onClick={() => props.dispatch({ kind: "leastCertain" })}
      >
        <IconZoomQuestion size={18} />
      </IconAction>
      <IconAction label={t("note:undo")} disabled={!view.canUndo} onClick={props.onUndo}>
        <IconArrowBackUp size={18} />
      </IconAction>
      <IconAction label={t("note:redo")} disabled={!view.canRedo} onClick={props.onRedo}>
        <IconArrowForwardUp size={18} />
      </IconAction>
      <IconAction label={t("note:labels")} pressed={switches.labels} onClick={() => props.onSwitch("labels")}>
        <IconTag size={18} />
      </IconAction>
      <IconAction label={t("note:legend")} pressed={switches.legend} onClick={() => props.onSwitch("legend")}>
        <IconPalette size={18} />
      </IconAction>
      <IconAction label={t("note:export")} onClick={props.onExport}>
        <IconFileExport size={18} />
      </IconAction>
      <IconAction label={t("note:fold")} pressed={!switches.folded} onClick={() => props.onSwitch("folded")}>
        <IconLayoutSidebarRight size={18} />
      </IconAction>
    </div>
  );
});
