import { memo, type ReactNode, useCallback, useSyncExternalStore } from "react";
import { type Entity, isDropped } from "#core/entity/entity.ts";
import type { Mark } from "./marks.ts";
import classes from "./NoteText.module.css";
import type { Painter } from "./painter.ts";
import { chunkAttribute } from "./textRange.ts";
import { typeStyle } from "./typeStyle.ts";

/** Below this confidence a highlight is drawn lighter and thinner. */
export const LOW_CONFIDENCE = 0.5;

/** A part of a line with its highlights; it repaints by itself when something in it changes. */
export const NoteChunk = memo(function NoteChunk(props: {
  readonly painter: Painter;
  readonly index: number;
  /** A type's short label in the user's language. */
  readonly labelOf: (type: string) => string;
}) {
  const { painter, index, labelOf } = props;
  const subscribe = useCallback(
    (listener: () => void) => painter.subscribe(index, listener),
    [painter, index],
  );
  const paint = useSyncExternalStore(subscribe, () => painter.paintOf(index));
  const deep = paint.lanes > 2 ? { "--lanes": paint.lanes } : undefined;
  return (
    <span className={classes.chunk} {...{ [chunkAttribute]: index }} style={deep as object | undefined}>
      {renderNodes(paint.nodes, labelOf)}
    </span>
  );
});

function renderNodes(nodes: readonly (Mark | string)[], labelOf: (type: string) => string): ReactNode[] {
  return nodes.map((node) =>
    typeof node === "string" ? (
      node
    ) : (
      <MarkView key={`${node.painted.entity.id} ${node.start}`} mark={node} labelOf={labelOf} />
    ),
  );
}

function MarkView(props: { readonly mark: Mark; readonly labelOf: (type: string) => string }) {
  const { mark, labelOf } = props;
  const { entity, lane, current } = mark.painted;
  const { family, stroke } = typeStyle(entity.type);
  return (
    <mark
      className={classes.mark}
      data-entity-id={entity.id}
      data-family={family}
      data-stroke={stroke}
      data-status={entity.status}
      data-look={lookOf(entity)}
      data-low={isLow(entity) || undefined}
      data-dropped={isDropped(entity) || undefined}
      data-gap={mark.gap || undefined}
      data-first={mark.first ? labelOf(entity.type) : undefined}
      data-last={mark.last || undefined}
      data-current={current || undefined}
      tabIndex={current && mark.first ? 0 : -1}
      style={lane > 0 ? ({ "--lane": lane } as object) : undefined}
    >
      {current && mark.first && <span className={classes.handle} data-edge="start" aria-hidden />}
      {renderNodes(mark.children, labelOf)}
      {current && mark.last && <span className={classes.handle} data-edge="end" aria-hidden />}
    </mark>
  );
}

function isLow(entity: Entity): boolean {
  return entity.status === "proposed" && entity.confidence !== null && entity.confidence < LOW_CONFIDENCE;
}

/** How the note speaks of the entity, as words that the style sheet knows. */
function lookOf({ assertion }: Entity): string | undefined {
  if (assertion === null) return undefined;
  const looks = [
    assertion.polarity === "negated" && "negated",
    assertion.certainty !== "certain" && assertion.certainty,
    assertion.experiencer !== "patient" && "family",
    assertion.temporality === "historical" && "historical",
  ].filter((look) => look !== false);
  return looks.length > 0 ? looks.join(" ") : undefined;
}
