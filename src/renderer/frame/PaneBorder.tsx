import { Separator } from "react-resizable-panels";
import classes from "./PaneBorder.module.css";

/** The line between two panes, by which their share is moved. */
export function PaneBorder(props: { readonly label: string }) {
  return <Separator className={classes.border} aria-label={props.label} />;
}
