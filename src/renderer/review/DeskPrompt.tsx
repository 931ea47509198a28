import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import { keys as noteKeys } from "../note/keys.ts";
import { useSettings } from "../state/settings.tsx";
import type { DeskCommand, DeskState } from "./desk.ts";
import classes from "./review.module.css";
import { TypeMenu } from "./TypeMenu.tsx";

/** What the desk asks for at the moment: a type, the rest of a selection, or what to link to. */
export function DeskPrompt(props: {
  readonly text: string;
  readonly state: DeskState;
  readonly visible: readonly Entity[];
  dispatch(command: DeskCommand): void;
}) {
  const { t } = useText();
  const { settings } = useSettings();
  const { state, dispatch } = props;
  const { mode } = state;
  const wordsOf = (id: string | null) => props.visible.find((entity) => entity.id === id)?.text ?? "";
  const keyOf = (id: string) => settings.keys[id] ?? noteKeys.find((key) => key.id === id)?.key ?? "";

  switch (mode.kind) {
    case "read":
      return null;
    case "retype":
    case "add": {
      const words =
        mode.kind === "add" ? props.text.slice(mode.span.start, mode.span.end) : wordsOf(state.current);
      const type = props.visible.find((entity) => entity.id === state.current)?.type ?? null;
      return (
        <TypeMenu
          title={t(`review:types.${mode.kind}`, { words })}
          current={mode.kind === "retype" ? type : null}
          onChoose={(chosen) => dispatch({ kind: "choose", type: chosen })}
          onCancel={() => dispatch({ kind: "cancel" })}
        />
      );
    }
    case "select":
      return (
        <div className={classes.prompt} role="status">
          {t("review:select", { words: props.text.slice(mode.span.start, mode.span.end) })}
        </div>
      );
    case "link":
      return (
        <div className={classes.prompt} role="status">
          {t("review:link", {
            words: wordsOf(mode.from),
            next: keyOf("note.next"),
            previous: keyOf("note.previous"),
          })}
        </div>
      );
  }
}
