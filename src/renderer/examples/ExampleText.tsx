import type { ReactNode } from "react";
import { contains } from "#core/document/span.ts";
import { useText } from "../frame/useText.ts";
import classes from "./examples.module.css";
import type { MarkedText } from "./markup.ts";

/** An example with its spans marked, each with the name of its type; nested ones inside their outer one. */
export function ExampleText({ text, spans }: MarkedText) {
  const { typeLabel } = useText();

  /** The text from `start` to `end` with the spans in it. */
  function part(start: number, end: number, inside: MarkedText["spans"]): ReactNode[] {
    const nodes: ReactNode[] = [];
    let at = start;
    inside.forEach((span, index) => {
      if (span.start < at) return; // shown inside the one before it
      const within = inside.slice(index + 1).filter((other) => contains(span, other));
      nodes.push(
        text.slice(at, span.start),
        <mark key={`${span.start} ${span.end} ${span.type}`} className={classes.mark} data-type={span.type}>
          {part(span.start, span.end, within)}
          <span className={classes.type}> {typeLabel(span.type)}</span>
        </mark>,
      );
      at = span.end;
    });
    nodes.push(text.slice(at, end));
    return nodes;
  }

  return <p className={classes.text}>{part(0, text.length, spans)}</p>;
}
