import { memo, type PointerEvent, type RefObject, useEffect, useMemo } from "react";
import type { Language } from "#core/document/noteDocument.ts";
import type { Line, NoteLayout } from "./layout.ts";
import { NoteChunk } from "./NoteChunk.tsx";
import classes from "./NoteText.module.css";
import type { Painter } from "./painter.ts";

/** Lines that are laid out and painted together. */
const LINES_A_BLOCK = 12;

/** The note as a page. It renders once; its chunks repaint by themselves. */
export const NoteText = memo(function NoteText(props: {
  readonly rootRef: RefObject<HTMLDivElement | null>;
  readonly layout: NoteLayout;
  readonly painter: Painter;
  readonly language: Language;
  readonly labels: boolean;
  readonly name: string;
  readonly labelOf: (type: string) => string;
  onPointerDown(event: PointerEvent<HTMLDivElement>): void;
  onPick(id: string): void;
}) {
  const { rootRef, layout, painter } = props;
  const blocks = useMemo(() => blocksOf(layout.lines), [layout]);
  useWatchedBlocks(rootRef, blocks, painter);
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
        <div key={lines[0]?.start} className={classes.block} data-block={index}>
          {lines.map((line) => (
            <p
              key={line.start}
              className={classes.line}
              {...(line.heading && { role: "heading", "aria-level": 2 })}
            >
              {line.chunks.map((chunk) => (
                <NoteChunk key={chunk.index} painter={painter} index={chunk.index} labelOf={props.labelOf} />
              ))}
            </p>
          ))}
        </div>
      ))}
    </div>
  );
});

function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  for (let at = 0; at < lines.length; at += LINES_A_BLOCK) blocks.push(lines.slice(at, at + LINES_A_BLOCK));
  return blocks;
}

/** Tells the painter which chunks are on screen or about to be. */
function useWatchedBlocks(
  rootRef: RefObject<HTMLDivElement | null>,
  blocks: readonly (readonly Line[])[],
  painter: Painter,
): void {
  useEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    const onScreen = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const index = Number((target as HTMLElement).dataset.block);
          if (isIntersecting) onScreen.add(index);
          else onScreen.delete(index);
        }
        painter.see(new Set([...onScreen].flatMap((block) => chunkIndexes(blocks[block] ?? []))));
      },
      { root: root.parentElement, rootMargin: "400px 0px" },
    );
    for (const block of root.children) observer.observe(block);
    return () => observer.disconnect();
  }, [rootRef, blocks, painter]);
}

function chunkIndexes(lines: readonly Line[]): number[] {
  return lines.flatMap((line) => line.chunks.map((chunk) => chunk.index));
}
