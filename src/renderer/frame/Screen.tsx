import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Screen.module.css";

/** A page beside the desk: one column of readable width under one heading. */
export function Screen(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.scroll}>
      <div className={classes.column}>
        <Title order={1} size="h2" mb="md">
          {props.title}
        </Title>
        {props.children}
      </div>
    </div>
  );
}
