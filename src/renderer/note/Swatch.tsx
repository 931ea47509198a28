import type { ReactNode } from "react";
import classes from "./Swatch.module.css";
import { typeStyle } from "./typeStyle.ts";

/** Words in the look of a type: its tint and its underline. */
export function Swatch(props: { readonly type: string; readonly children: ReactNode }) {
  const { family, stroke } = typeStyle(props.type);
  return (
    <span className={classes.swatch} data-family={family} data-stroke={stroke}>
      {props.children}
    </span>
  );
}

/** A small block in the hue of a type, for narrow places. */
export function Dot(props: { readonly type: string }) {
  const { family, stroke } = typeStyle(props.type);
  return <span className={classes.dot} data-family={family} data-stroke={stroke} aria-hidden />;
}
