import { Checkbox, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useState } from "react";
import type { GoldNote } from "#contract/evaluation.ts";
import { useText } from "../frame/useText.ts";
import classes from "./evaluation.module.css";

/** Which reviewed notes are the gold: all of them, until some are left out. */
export function ChooseNotes(props: {
  readonly notes: readonly GoldNote[];
  readonly left: ReadonlySet<string>;
  readonly disabled: boolean;
  onLeft(left: ReadonlySet<string>): void;
}) {
  const { t, number } = useText();
  const { notes, left, disabled } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtual = useVirtualizer({
    count: notes.length,
    getScrollElement: () => scroller,
    estimateSize: () => 34,
    overscan: 8,
  });
  const chosen = notes.filter(({ documentId }) => !left.has(documentId));
  const entities = chosen.reduce((sum, note) => sum + note.entities, 0);

  function toggle(documentId: string): void {
    const next = new Set(left);
    if (!next.delete(documentId)) next.add(documentId);
    props.onLeft(next);
  }

  return (
    <>
      <Checkbox
        label={t("evaluation:allNotes", { n: number(chosen.length), of: number(notes.length) })}
        checked={chosen.length === notes.length}
        indeterminate={chosen.length > 0 && chosen.length < notes.length}
        disabled={disabled}
        onChange={() =>
          props.onLeft(
            chosen.length === notes.length ? new Set(notes.map(({ documentId }) => documentId)) : new Set(),
          )
        }
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse */}
      <section ref={setScroller} className={classes.notes} tabIndex={0} aria-label={t("evaluation:notes")}>
        <ul className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const note = notes[index];
            if (note === undefined) return null;
            return (
              <li
                key={note.documentId}
                className={classes.note}
                aria-setsize={notes.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Checkbox
                  size="sm"
                  label={note.name}
                  checked={!left.has(note.documentId)}
                  disabled={disabled}
                  onChange={() => toggle(note.documentId)}
                />
                <Text size="sm" c="dimmed">
                  {t("evaluation:findings", { count: note.entities, n: number(note.entities) })}
                </Text>
              </li>
            );
          })}
        </ul>
      </section>
      <Text size="sm" c="dimmed">
        {t("evaluation:chosen", { count: entities, n: number(entities) })}
        {chosen.length > 0 && chosen.length < 10 && ` ${t("evaluation:fewNotes")}`}
      </Text>
    </>
  );
}
