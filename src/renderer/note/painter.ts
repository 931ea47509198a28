import type { Entity } from "#core/entity/entity.ts";
import { assignLanes } from "./lanes.ts";
import { chunkAt, type NoteLayout } from "./layout.ts";
import { buildMarks, type Mark, type PaintedEntity } from "./marks.ts";

/** What one chunk of the note shows. A new object only when something in it changed. */
export type ChunkPaint = { readonly nodes: readonly (Mark | string)[]; readonly lanes: number };

/**
 * Keeps each chunk's highlights, so that a change of one entity repaints one chunk. Chunks on screen are
 * painted at once, the others in idle slices: 3,000 highlights never come in one task.
 */
export type Painter = {
  paintOf(chunk: number): ChunkPaint;
  subscribe(chunk: number, listener: () => void): () => void;
  /** Shows these entities and no others; `current` is the one in focus. */
  show(entities: readonly Entity[], current: string | null): void;
  /** Which chunks can be seen now. */
  see(chunks: ReadonlySet<number>): void;
  stop(): void;
};

/** Runs a slice when the page is idle and answers how to call it off. */
export type IdleScheduler = (slice: () => void) => () => void;

/** Highlights that one idle slice paints at most, a few milliseconds of work. */
const MARKS_A_SLICE = 80;

/** A painter for one note. All chunks are plain text until `show`. */
export function createPainter(text: string, layout: NoteLayout, whenIdle: IdleScheduler): Painter {
  const { chunks } = layout;
  const paints = chunks.map(
    (chunk): ChunkPaint => ({
      nodes: chunk.end > chunk.start ? [text.slice(chunk.start, chunk.end)] : [],
      lanes: 0,
    }),
  );
  const listeners = new Map<number, Set<() => void>>();
  let contents: (readonly PaintedEntity[])[] = chunks.map(() => []);
  let painted = new Map<string, PaintedEntity>();
  let shown: readonly Entity[] = [];
  let focused: string | null = null;
  let seen: ReadonlySet<number> = new Set();
  const stale = new Set<number>();
  let callOff: (() => void) | null = null;

  function paint(index: number): void {
    stale.delete(index);
    const chunk = chunks[index];
    const own = contents[index];
    if (chunk === undefined || own === undefined) return;
    const lanes = own.reduce((most, one) => Math.max(most, one.lane + 1), 0);
    paints[index] = { nodes: buildMarks(text, chunk, own), lanes };
    for (const listener of listeners.get(index) ?? []) listener();
  }

  function paintSeen(): void {
    for (const index of seen) if (stale.has(index)) paint(index);
    if (stale.size > 0 && callOff === null) callOff = whenIdle(paintSlice);
  }

  function paintSlice(): void {
    callOff = null;
    let marks = 0;
    for (const index of stale) {
      paint(index);
      marks += 1 + (contents[index]?.length ?? 0);
      if (marks >= MARKS_A_SLICE) break;
    }
    if (stale.size > 0) callOff = whenIdle(paintSlice);
  }

  function chunksOf({ start, end }: Entity): number[] {
    const first = chunkAt(chunks, start);
    return Array.from({ length: chunkAt(chunks, end - 1) - first + 1 }, (_, index) => first + index);
  }

  function repaintOne(id: string | null, change: Partial<PaintedEntity>): void {
    const old = id === null ? undefined : painted.get(id);
    if (old === undefined) return;
    const next = { ...old, ...change };
    painted.set(old.entity.id, next);
    for (const index of chunksOf(old.entity)) {
      contents[index] = (contents[index] ?? []).map((one) => (one === old ? next : one));
      stale.add(index);
    }
  }

  function repaintAll(entities: readonly Entity[], current: string | null): void {
    painted = repaint(painted, entities, current);
    const next: PaintedEntity[][] = chunks.map(() => []);
    for (const one of painted.values()) for (const index of chunksOf(one.entity)) next[index]?.push(one);
    next.forEach((own, index) => {
      if (!sameItems(own, contents[index] ?? [])) stale.add(index);
    });
    contents = next;
  }

  return {
    paintOf: (index) => paints[index] ?? { nodes: [], lanes: 0 },
    subscribe(index, listener) {
      const own = listeners.get(index) ?? new Set();
      listeners.set(index, own.add(listener));
      return () => own.delete(listener);
    },
    show(entities, current) {
      if (standAsBefore(shown, entities)) {
        entities.forEach((entity, index) => {
          if (entity !== shown[index]) repaintOne(entity.id, { entity });
        });
        if (focused !== current) {
          repaintOne(focused, { current: false });
          repaintOne(current, { current: true });
        }
      } else repaintAll(entities, current);
      shown = entities;
      focused = current;
      // The entity in focus is about to be scrolled to, wherever it is.
      const target = current === null ? undefined : painted.get(current);
      if (target) for (const index of chunksOf(target.entity)) if (stale.has(index)) paint(index);
      paintSeen();
    },
    see(now) {
      seen = now;
      paintSeen();
    },
    stop() {
      callOff?.();
      callOff = null;
    },
  };
}

/** Whether the same entities stand at the same places, so that their lanes are the same. */
function standAsBefore(before: readonly Entity[], now: readonly Entity[]): boolean {
  return (
    before === now ||
    (before.length === now.length &&
      now.every((entity, index) => {
        const old = before[index];
        return old?.id === entity.id && old.start === entity.start && old.end === entity.end;
      }))
  );
}

/** The painted entities by id; those that look as before stay the same objects. */
function repaint(
  before: ReadonlyMap<string, PaintedEntity>,
  entities: readonly Entity[],
  current: string | null,
): Map<string, PaintedEntity> {
  const lanes = assignLanes(entities);
  return new Map(
    entities.map((entity, index) => {
      const next = { entity, lane: lanes[index] ?? 0, current: entity.id === current };
      const old = before.get(entity.id);
      const same = old?.entity === entity && old.lane === next.lane && old.current === next.current;
      return [entity.id, same ? old : next];
    }),
  );
}

function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
