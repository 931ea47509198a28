import { describe, expect, test } from "vitest";
import { layOut } from "./layout.ts";
import type { Mark } from "./marks.ts";
import { type ChunkPaint, createPainter } from "./painter.ts";
import { entityAt } from "./testNote.ts";

const lines = Array.from({ length: 300 }, (_, index) => `line ${index}: fever${index} and cough${index}`);
const text = lines.join("\n");
const entities = lines.flatMap((_, index) => [
  entityAt(text, `f${index}`, `fever${index} `),
  entityAt(text, `c${index}`, `cough${index}`),
]);

/** A painter whose idle slices are run by hand. */
function bench() {
  const slices: (() => void)[] = [];
  const painter = createPainter(text, layOut(text, []), (slice) => {
    slices.push(slice);
    return () => slices.splice(slices.indexOf(slice), 1);
  });
  const idle = () => slices.shift()?.();
  return { painter, slices, idle };
}

const ids = (paint: ChunkPaint): string[] =>
  paint.nodes.flatMap((node) => (typeof node === "string" ? [] : [(node as Mark).painted.entity.id]));

describe("the painter", () => {
  test("paints what is seen at once and the rest in slices, until every entity is there", () => {
    const { painter, slices, idle } = bench();
    painter.see(new Set([0, 1]));
    painter.show(entities, null);
    expect(ids(painter.paintOf(1))).toEqual(["f1", "c1"]);
    expect(ids(painter.paintOf(2))).toEqual([]);
    idle();
    expect(ids(painter.paintOf(2))).toEqual(["f2", "c2"]);
    expect(ids(painter.paintOf(299))).toEqual([]);
    while (slices.length > 0) idle();
    expect(Array.from({ length: 300 }, (_, index) => ids(painter.paintOf(index))).flat()).toHaveLength(600);
  });

  test("a change of one entity repaints its chunk alone", () => {
    const { painter, slices, idle } = bench();
    painter.show(entities, null);
    while (slices.length > 0) idle();
    const before = Array.from({ length: 300 }, (_, index) => painter.paintOf(index));
    const heard: number[] = [];
    for (let index = 0; index < 300; index += 1) painter.subscribe(index, () => heard.push(index));
    painter.see(new Set([7, 8]));
    painter.show(
      entities.map((entity) => (entity.id === "c7" ? { ...entity, status: "accepted" as const } : entity)),
      null,
    );
    expect(heard).toEqual([7]);
    expect(slices).toHaveLength(0);
    expect(before.filter((paint, index) => paint !== painter.paintOf(index))).toEqual([before[7]]);
  });

  test("moving the focus repaints where it was and where it is", () => {
    const { painter, slices, idle } = bench();
    painter.show(entities, "f3");
    while (slices.length > 0) idle();
    const heard: number[] = [];
    for (let index = 0; index < 300; index += 1) painter.subscribe(index, () => heard.push(index));
    painter.see(new Set([3, 4, 5]));
    painter.show(entities, "f5");
    expect(heard.sort()).toEqual([3, 5]);
  });

  test("paints the entity in focus at once, wherever it stands", () => {
    const { painter } = bench();
    painter.show(entities, null);
    painter.show(entities, "c200");
    expect(ids(painter.paintOf(200))).toEqual(["f200", "c200"]);
  });

  test("a chunk is painted as soon as it is scrolled to", () => {
    const { painter } = bench();
    painter.show(entities, null);
    expect(ids(painter.paintOf(250))).toEqual([]);
    painter.see(new Set([250]));
    expect(ids(painter.paintOf(250))).toEqual(["f250", "c250"]);
  });

  test("what is filtered out leaves plain text", () => {
    const { painter } = bench();
    painter.see(new Set([0]));
    painter.show(entities, null);
    painter.show([], null);
    expect(painter.paintOf(0).nodes).toEqual([lines[0]]);
  });

  test("nothing is painted after a stop", () => {
    const { painter, slices } = bench();
    painter.show(entities, null);
    painter.stop();
    expect(slices).toHaveLength(0);
  });
});
