import { memo, type PointerEvent, type RefObject, useEffect, useMemo, useState } from "react";
import type { Language } from "#core/document/noteDocument.ts";
import type { Line, NoteLayout } from "./layout.ts";
import { NoteChunk } from "./NoteChunk.tsx";
import classes from "./NoteText.module.css";
import type { Painter } from "./painter.ts";

/** Lines that are laid out and painted together. */
const LINES_A_BLOCK = 12;
/** Up to so many lines the whole text is on the page, for the browser's own search; of longer notes only what is near. */
const WHOLE_LINES = 4000;
/** A line of the page holds about so many units, and is so many em high; for the room of blocks not on the page. */
const UNITS_A_ROW = 70;
const ROW_EM = 1.85;

type Labels = { readonly labelOf: (type: string) => string; readonly painter: Painter };

/** The note as a page. It renders once; its chunks repaint by themselves. */
export const NoteText = memo(function NoteText(
  props: Labels & {
    readonly rootRef: RefObject<HTMLDivElement | null>;
    readonly layout: NoteLayout;
    readonly language: Language;
    readonly labels: boolean;
    readonly name: string;
    onPointerDown(event: PointerEvent<HTMLDivElement>): void;
    onPick(id: string): void;
  },
) {
  const { rootRef, layout, painter, labelOf } = props;
  const blocks = useMemo(() => blocksOf(layout.lines), [layout]);
  const whole = layout.lines.length <= WHOLE_LINES;
  const near = useNearBlocks(rootRef, blocks, painter, whole);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k and Enter do by keyboard what a click does
    <div
      ref={rootRef}
      className={classes.page}
      lang={props.language === "zh" ? "zh-Hans" : "en"}
      data-labels={props.labels || undefined}
      role="document"
      aria-label={props.name}
      onPointerDown={props.onPointerDown}
      onClick={(event) => {
        // A click that ends a selection picks nothing.
        const id = (event.target as Element).closest<HTMLElement>("[data-entity-id]")?.dataset.entityId;
        if (id !== undefined && window.getSelection()?.isCollapsed !== false) props.onPick(id);
      }}
    >
      {blocks.map((lines, index) => (
        <NoteBlock
          key={lines[0]?.start}
          index={index}
          lines={lines}
          shown={whole || near.has(index)}
          painter={painter}
          labelOf={labelOf}
        />
      ))}
    </div>
  );
});

const NoteBlock = memo(function NoteBlock(
  props: Labels & { readonly index: number; readonly lines: readonly Line[]; readonly shown: boolean },
) {
  const { index, lines, shown } = props;
  const lastChunk = lines.at(-1)?.chunks.at(-1)?.index;
  return (
    <div
      className={classes.block}
      data-block={index}
      data-last-chunk={lastChunk}
      style={shown ? undefined : { height: `${rowsOf(lines) * ROW_EM}em` }}
    >
      {shown &&
        lines.map((line) => (
          <p
            key={line.start}
            className={classes.line}
            {...(line.heading && { role: "heading", "aria-level": 2 })}
          >
            {line.chunks.map((chunk) => (
              <NoteChunk
                key={chunk.index}
                painter={props.painter}
                index={chunk.index}
                labelOf={props.labelOf}
              />
            ))}
          </p>
        ))}
    </div>
  );
});

function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  for (let at = 0; at < lines.length; at += LINES_A_BLOCK) blocks.push(lines.slice(at, at + LINES_A_BLOCK));
  return blocks;
}

function rowsOf(lines: readonly Line[]): number {
  return lines.reduce(
    (rows, line) => rows + Math.max(1, Math.ceil((line.end - line.start) / UNITS_A_ROW)),
    0,
  );
}

/** The blocks that are on screen or about to be; the painter hears of their chunks. */
function useNearBlocks(
  rootRef: RefObject<HTMLDivElement | null>,
  blocks: readonly (readonly Line[])[],
  painter: Painter,
  whole: boolean,
): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set([0, 1, 2, 3]));
  useEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    const seen = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const index = Number((target as HTMLElement).dataset.block);
          if (isIntersecting) seen.add(index);
          else seen.delete(index);
        }
        painter.see(new Set([...seen].flatMap((block) => chunkIndexes(blocks[block] ?? []))));
        if (!whole) setNear(new Set(seen));
      },
      { root: root.parentElement, rootMargin: "400px 0px" },
    );
    for (const block of root.children) observer.observe(block);
    return () => observer.disconnect();
  }, [rootRef, blocks, painter, whole]);
  return near;
}

function chunkIndexes(lines: readonly Line[]): number[] {
  return lines.flatMap((line) => line.chunks.map((chunk) => chunk.index));
}
