import { describe, expect, test } from "vitest";
import type { Entity } from "#core/entity/entity.ts";
import { entityAt } from "../note/testNote.ts";
import {
  acceptableAbove,
  type DeskCommand,
  type DeskState,
  type DeskTurn,
  deskTurn,
  restingDesk,
} from "./desk.ts";

const text = "Fever and cough. Takes aspirin 100 mg daily.";
const visible: readonly Entity[] = [
  entityAt(text, "e1", "Fever", { confidence: 0.9 }),
  entityAt(text, "e2", "cough", { confidence: 0.3, status: "accepted" }),
  entityAt(text, "e3", "aspirin", { confidence: 0.5, type: "Medication" }),
  entityAt(text, "e4", "100 mg", { confidence: 0.4, type: "Dosage" }),
];
const sight = { text, visible };
const at = (id: string): DeskState => ({ current: id, mode: { kind: "read" } });

/** Where a row of commands leads, and every decision on the way. */
function play(from: DeskState, ...commands: DeskCommand[]): DeskTurn {
  return commands.reduce<DeskTurn>(
    ({ state, actions }, command) => {
      const turn = deskTurn(state, command, sight);
      return { state: turn.state, actions: [...actions, ...turn.actions] };
    },
    { state: from, actions: [] },
  );
}

describe("walking", () => {
  test.each<[string, DeskState, DeskCommand, string | null]>([
    ["j begins at the first", restingDesk, { kind: "next" }, "e1"],
    ["k begins at the last", restingDesk, { kind: "previous" }, "e4"],
    ["j goes on", at("e1"), { kind: "next" }, "e2"],
    ["j stays at the last", at("e4"), { kind: "next" }, "e4"],
    ["k goes back", at("e2"), { kind: "previous" }, "e1"],
    ["j starts over where the current one is filtered away", at("gone"), { kind: "next" }, "e1"],
    ["n finds the least certain undecided one", at("e1"), { kind: "leastCertain" }, "e4"],
    ["n goes on from there", at("e4"), { kind: "leastCertain" }, "e3"],
    ["escape lets go", at("e1"), { kind: "cancel" }, null],
  ])("%s", (_, from, command, expected) => {
    expect(play(from, command)).toEqual({
      state: { current: expected, mode: { kind: "read" } },
      actions: [],
    });
  });
});

describe("deciding", () => {
  test("accepts and goes on to the next undecided one", () => {
    expect(play(at("e1"), { kind: "accept" })).toEqual({
      state: at("e3"),
      actions: [{ kind: "accept", entityId: "e1" }],
    });
  });

  test("stays at the last one", () => {
    expect(play(at("e4"), { kind: "reject" })).toEqual({
      state: at("e4"),
      actions: [{ kind: "reject", entityId: "e4" }],
    });
  });

  test("changes a type; the same type is no change", () => {
    expect(play(at("e3"), { kind: "retype" }, { kind: "choose", type: "Dosage" })).toEqual({
      state: at("e3"),
      actions: [{ kind: "retype", entityId: "e3", type: "Dosage" }],
    });
    expect(play(at("e3"), { kind: "retype" }, { kind: "choose", type: "Medication" }).actions).toEqual([]);
  });

  test("moves an edge", () => {
    const end = { kind: "edge", edge: "end", direction: 1, unit: "word" } as const;
    expect(play(at("e3"), end).actions).toEqual([{ kind: "span", entityId: "e3", start: 23, end: 34 }]);
  });

  test("takes a dragged span, unless it is the one it has", () => {
    expect(play(at("e1"), { kind: "span", span: { start: 0, end: 15 } }).actions).toHaveLength(1);
    expect(play(at("e1"), { kind: "span", span: { start: 0, end: 5 } }).actions).toEqual([]);
  });

  test("accepts all undecided ones above a threshold in one step", () => {
    expect(play(restingDesk, { kind: "acceptAbove", threshold: 0.5 }).actions).toEqual([
      { kind: "accept", entityId: "e1" },
      { kind: "accept", entityId: "e3" },
    ]);
  });

  test("a bulk acceptance passes over what a selector dropped", () => {
    const words = (kept: boolean) =>
      entityAt("fever", "e1", "fever", { selector: { probability: 0.5, kept } });
    expect(acceptableAbove([words(true)], 0.5)).toHaveLength(1);
    expect(acceptableAbove([words(false)], 0.5)).toEqual([]);
  });

  test.each<DeskCommand>([
    { kind: "accept" },
    { kind: "reject" },
    { kind: "retype" },
    { kind: "link" },
    { kind: "choose", type: "Date" },
    { kind: "edge", edge: "end", direction: 1, unit: "word" },
    { kind: "unlink", role: "dosage", target: "e4" },
  ])("without a current entity $kind does nothing", (command) => {
    expect(play(restingDesk, command)).toEqual({ state: restingDesk, actions: [] });
  });
});

describe("adding", () => {
  test("makes an entity of the words selected with the pointer", () => {
    const selected = { start: 38, end: 43 };
    expect(play(at("e1"), { kind: "add", selected }, { kind: "choose", type: "Frequency" })).toEqual({
      state: at("e1"),
      actions: [{ kind: "add", type: "Frequency", ...selected }],
    });
  });

  test("selects words by keyboard alone: the one after the current entity, then further", () => {
    const turn = play(
      at("e3"),
      { kind: "add", selected: null },
      { kind: "word", direction: 1, extend: false, unit: "word" },
      { kind: "word", direction: 1, extend: true, unit: "word" },
      { kind: "confirm" },
      { kind: "choose", type: "Frequency" },
    );
    expect(turn.actions).toEqual([{ kind: "add", type: "Frequency", start: 35, end: 43 }]);
    expect(text.slice(35, 43)).toBe("mg daily");
  });

  test("can be called off", () => {
    const turn = play(at("e3"), { kind: "add", selected: null }, { kind: "cancel" });
    expect(turn).toEqual({ state: at("e3"), actions: [] });
  });
});

describe("linking", () => {
  test("links the current entity to the one chosen next, in the role of its type", () => {
    expect(play(at("e3"), { kind: "link" }, { kind: "next" }, { kind: "confirm" })).toEqual({
      state: at("e3"),
      actions: [{ kind: "link", entityId: "e3", role: "dosage", target: "e4" }],
    });
  });

  test("goes by the pointer as well", () => {
    expect(play(at("e3"), { kind: "link" }, { kind: "focus", id: "e4" }).actions).toHaveLength(1);
  });

  test("goes on choosing where the other describes nothing", () => {
    const turn = play(at("e3"), { kind: "link" }, { kind: "focus", id: "e1" });
    expect(turn.actions).toEqual([]);
    expect(turn.state.mode).toEqual({ kind: "link", from: "e3" });
  });

  test("unlinks", () => {
    expect(play(at("e3"), { kind: "unlink", role: "dosage", target: "e4" }).actions).toEqual([
      { kind: "unlink", entityId: "e3", role: "dosage", target: "e4" },
    ]);
  });
});
