import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Screen.module.css";

/** A page beside the desk: one column of readable width under one heading. */
export function Screen(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a page that scrolls must be reachable without a mouse
    <section className={classes.scroll} tabIndex={0} aria-label={props.title}>
      <div className={classes.column}>
        <Title order={1} size="h2" mb="md">
          {props.title}
        </Title>
        {props.children}
      </div>
    </section>
  );
}
