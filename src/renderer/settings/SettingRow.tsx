import type { ReactNode } from "react";
import classes from "./SettingRow.module.css";

/** One setting: its name and what it means at the left, its control at the right. */
export function SettingRow(props: {
  /** Id of the control that the name labels. */
  readonly control: string;
  readonly name: string;
  readonly text?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <label className={classes.name} htmlFor={props.control} id={`${props.control}-label`}>
          {props.name}
        </label>
        {props.text !== undefined && (
          <div className={classes.text} id={`${props.control}-text`}>
            {props.text}
          </div>
        )}
      </div>
      <div className={classes.control}>{props.children}</div>
    </div>
  );
}

/** A heading with its settings. */
export function SettingGroup(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.group}>
      <h2 className={classes.title}>{props.title}</h2>
      {props.children}
    </section>
  );
}
