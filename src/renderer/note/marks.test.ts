import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import { assignLanes } from "./lanes.ts";
import { layOut } from "./layout.ts";
import { buildMarks, type Mark, type PaintedEntity } from "./marks.ts";

const words = ["chest pain ", "胸痛3天，", "🫀", "\r\n", "\n", "e\u0301", "👩‍⚕️", "metoprolol 25 mg "];

const noteWithSpans = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 20 }).chain((parts) => {
  const text = parts.join("");
  const span = fc
    .tuple(fc.nat(text.length - 1), fc.integer({ min: 1, max: 30 }))
    .map(([start, length]): Span => ({ start, end: Math.min(text.length, start + length) }));
  return fc.record({ text: fc.constant(text), spans: fc.array(span, { maxLength: 12 }) });
});

function paint(text: string, spans: readonly Span[]): PaintedEntity[] {
  const lanes = assignLanes(spans);
  return spans.map((span, index) => ({
    entity: entity(text, `e${index}`, span),
    lane: lanes[index] ?? 0,
    current: false,
  }));
}

function entity(text: string, id: string, span: Span, fragments: Entity["fragments"] = null): Entity {
  return {
    ...span,
    id,
    type: "Sign_symptom",
    text: text.slice(span.start, span.end),
    fragments,
    confidence: 0.9,
    section: null,
    assertion: null,
    attributes: [],
    selector: null,
    status: "proposed",
  };
}

/** What each leaf of a mark tree stands under: its text and the marks around it, outermost first. */
function leaves(
  nodes: readonly (Mark | string)[],
  above: readonly Mark[] = [],
): { text: string; above: readonly Mark[] }[] {
  return nodes.flatMap((node) =>
    typeof node === "string" ? [{ text: node, above }] : leaves(node.children, [...above, node]),
  );
}

describe("marks", () => {
  test("every unit appears once and in order, under exactly the entities that cover it, outer lanes outside", () => {
    fc.assert(
      fc.property(noteWithSpans, ({ text, spans }) => {
        const painted = paint(text, spans);
        for (const chunk of layOut(text, []).chunks) {
          let at = chunk.start;
          for (const leaf of leaves(buildMarks(text, chunk, painted))) {
            expect(text.startsWith(leaf.text, at)).toBe(true);
            const end = at + leaf.text.length;
            const covering = painted.filter((one) => one.entity.start < end && at < one.entity.end);
            expect(new Set(leaf.above.map((mark) => mark.painted))).toEqual(new Set(covering));
            const lanes = leaf.above.map((mark) => mark.painted.lane);
            expect(lanes).toEqual([...new Set(lanes)].sort((a, b) => b - a));
            at = end;
          }
          expect(at).toBe(chunk.end);
        }
      }),
    );
  });

  test("the parts of each entity, over all chunks, are its words without the line breaks, begun and ended once", () => {
    fc.assert(
      fc.property(noteWithSpans, ({ text, spans }) => {
        const painted = paint(text, spans);
        const trees = layOut(text, []).chunks.map((chunk) => buildMarks(text, chunk, painted));
        const all = trees.flatMap((tree) => leaves(tree));
        for (const one of painted) {
          const own = all.filter((leaf) => leaf.above.some((mark) => mark.painted === one));
          expect(own.map((leaf) => leaf.text).join("")).toBe(one.entity.text.replace(/[\r\n]/g, ""));
          const marks = new Set(own.flatMap((leaf) => leaf.above.filter((mark) => mark.painted === one)));
          expect([...marks].filter((mark) => mark.first).length).toBeLessThanOrEqual(1);
          expect([...marks].filter((mark) => mark.last).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("a nested entity is one mark inside another", () => {
    const text = "severe chest pain";
    const tree = buildMarks(
      text,
      { start: 0, end: text.length },
      paint(text, [
        { start: 7, end: 17 },
        { start: 7, end: 12 },
      ]),
    );
    expect(tree).toMatchObject([
      "severe ",
      {
        painted: { entity: { text: "chest pain" }, lane: 1 },
        first: true,
        last: true,
        children: [{ painted: { entity: { text: "chest" }, lane: 0 }, children: ["chest"] }, " pain"],
      },
    ]);
  });

  test("the gap of a discontinuous entity is marked as such", () => {
    const text = "arms and legs swollen";
    const painted: PaintedEntity = {
      entity: entity(text, "e1", { start: 0, end: 21 }, [
        { start: 0, end: 4 },
        { start: 14, end: 21 },
      ]),
      lane: 0,
      current: false,
    };
    expect(buildMarks(text, { start: 0, end: 21 }, [painted])).toMatchObject([
      { gap: false, first: true, last: false, children: ["arms"] },
      { gap: true, first: false, last: false, children: [" and legs "] },
      { gap: false, first: false, last: true, children: ["swollen"] },
    ]);
  });
});
