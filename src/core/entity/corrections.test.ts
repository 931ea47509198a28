import fc from "fast-check";
import { expect, test } from "vitest";
import { type Change, foldCorrections, freeEntityId, type LogEntry, readLog } from "./corrections.ts";
import type { Entity } from "./entity.ts";

const text = "Denies chest pain. Takes metoprolol 25 mg 🫀 daily since 2019.";

function entity(id: string, type: string, words: string): Entity {
  const start = text.indexOf(words);
  return {
    id, type, text: words, start, end: start + words.length, fragments: null, confidence: 0.9, section: null,
    assertion: null, attributes: [], selector: null, status: "proposed",
  }; // biome-ignore format: one line reads best
}

const model: readonly Entity[] = [
  entity("e1", "Sign_symptom", "chest pain"),
  entity("e2", "Medication", "metoprolol"),
  entity("e3", "Dosage", "25 mg"),
  { ...entity("e4", "Frequency", "daily since 2019"), fragments: [{ start: 45, end: 50 }, { start: 57, end: 61 }] },
]; // biome-ignore format: one line reads best

const step = (...changes: Change[]): LogEntry => ({ kind: "step", changes });
const undo: LogEntry = { kind: "undo" };
const redo: LogEntry = { kind: "redo" };

function statuses(log: readonly LogEntry[]): Record<string, string> {
  return Object.fromEntries(foldCorrections(text, model, log).map(({ id, status }) => [id, status]));
}

test("each kind of change has its effect and its status", () => {
  const folded = foldCorrections(text, model, [
    step({ kind: "reject", entity: "e1" }, { kind: "accept", entity: "e2" }),
    step({ kind: "link", entity: "e2", role: "dosage", target: "e3" }),
    step({ kind: "retype", entity: "e3", type: "Lab_value" }),
    step({ kind: "move", entity: "e4", start: 45, end: 50 }),
    step({ kind: "add", entity: "e5", type: "Date", start: 57, end: 61, section: "hpi", assertion: null }),
  ]);
  expect(folded.map(({ id, type, text, status }) => [id, type, text, status])).toEqual([
    ["e1", "Sign_symptom", "chest pain", "rejected"],
    ["e2", "Medication", "metoprolol", "edited"],
    ["e3", "Lab_value", "25 mg", "edited"],
    ["e4", "Frequency", "daily", "edited"],
    ["e5", "Date", "2019", "added"],
  ]);
  expect(folded[1]?.attributes).toEqual([{ role: "dosage", entity: "e3" }]);
  expect(folded[3]?.fragments).toBeNull();
  expect(folded[4]).toMatchObject({ confidence: null, section: "hpi" });
});

test("an assertion that a person set counts as an edit", () => {
  const assertion = {
    polarity: "negated", certainty: "certain", experiencer: "patient", temporality: "current", rule: null,
  } as const; // biome-ignore format: one line reads best
  const [first] = foldCorrections(text, model, [step({ kind: "assert", entity: "e1", assertion })]);
  expect(first).toMatchObject({ assertion, status: "edited" });
});

test("an edit back to what the model said is an acceptance", () => {
  const away: Change = { kind: "retype", entity: "e1", type: "History" };
  const back: Change = { kind: "retype", entity: "e1", type: "Sign_symptom" };
  expect(statuses([step(away), step(back)])).toMatchObject({ e1: "accepted" });
  expect(statuses([step({ kind: "link", entity: "e2", role: "dosage", target: "e3" })]).e2).toBe("edited");
  expect(
    statuses([
      step({ kind: "link", entity: "e2", role: "dosage", target: "e3" }),
      step({ kind: "unlink", entity: "e2", role: "dosage", target: "e3" }),
    ]).e2,
  ).toBe("accepted");
});

test("a rejected entity comes back by accepting or mending it, an added one as added", () => {
  const reject: Change = { kind: "reject", entity: "e1" };
  expect(statuses([step(reject), step({ kind: "accept", entity: "e1" })]).e1).toBe("accepted");
  expect(statuses([step(reject), step({ kind: "move", entity: "e1", start: 13, end: 17 })]).e1).toBe(
    "edited",
  );
  const add: Change = {
    kind: "add",
    entity: "e9",
    type: "Date",
    start: 57,
    end: 61,
    section: null,
    assertion: null,
  };
  expect(statuses([step(add), step({ kind: "reject", entity: "e9" })]).e9).toBe("rejected");
  expect(
    statuses([step(add), step({ kind: "reject", entity: "e9" }), step({ kind: "accept", entity: "e9" })]).e9,
  ).toBe("added");
});

test("linking twice leaves one link, and unlinking what is not linked nothing", () => {
  const link: Change = { kind: "link", entity: "e2", role: "dosage", target: "e3" };
  expect(foldCorrections(text, model, [step(link, link)])[1]?.attributes).toHaveLength(1);
  expect(statuses([step({ kind: "unlink", entity: "e2", role: "dosage", target: "e3" })]).e2).toBe(
    "accepted",
  );
});

test("a step is undone as a whole, and a new one forgets what was undone", () => {
  const both = step({ kind: "accept", entity: "e1" }, { kind: "accept", entity: "e2" });
  const other = step({ kind: "reject", entity: "e3" });
  expect(statuses([both, undo])).toEqual(statuses([]));
  expect(statuses([both, undo, redo])).toEqual(statuses([both]));
  expect(statuses([both, undo, other, redo])).toEqual(statuses([other]));
  expect(statuses([both, other, undo, undo, redo])).toEqual(statuses([both]));
  expect(readLog([both, other, undo])).toEqual({ done: [both].map(changes), undone: [other].map(changes) });
});

const changes = (entry: LogEntry) => (entry.kind === "step" ? entry.changes : []);

test.each<[string, Change]>([
  ["no such entity", { kind: "accept", entity: "e99" }],
  ["no such target", { kind: "link", entity: "e1", role: "site", target: "e99" }],
  ["itself as target", { kind: "link", entity: "e1", role: "site", target: "e1" }],
  [
    "an id that is taken",
    { kind: "add", entity: "e1", type: "Date", start: 0, end: 6, section: null, assertion: null },
  ],
  ["an empty span", { kind: "move", entity: "e1", start: 5, end: 5 }],
  ["a span past the end", { kind: "move", entity: "e1", start: 5, end: text.length + 1 }],
  ["a span before the start", { kind: "move", entity: "e1", start: -3, end: 4 }],
  ["a span that is no number", { kind: "move", entity: "e1", start: 0, end: Number.NaN }],
  ["white space only", { kind: "move", entity: "e1", start: 6, end: 7 }],
  ["half a character", { kind: "move", entity: "e1", start: 43, end: text.indexOf("🫀") + 1 }],
])("%s is refused", (_, change) => {
  expect(() => foldCorrections(text, model, [step(change)])).toThrow(
    expect.objectContaining({ code: "NG-REQUEST" }),
  );
});

test("a free id was never used, not even by a step that was undone", () => {
  const add: Change = {
    kind: "add",
    entity: "e5",
    type: "Date",
    start: 57,
    end: 61,
    section: null,
    assertion: null,
  };
  expect(freeEntityId(model, [])).toBe("e5");
  expect(freeEntityId(model, [step(add), undo])).toBe("e6");
  expect(freeEntityId([], [])).toBe("e1");
});

// Words of the text, so that every span is a fair one.
const spans = [...text.matchAll(/\w+/g)].map((match) => ({
  start: match.index,
  end: match.index + match[0].length,
}));
const ids = model.map(({ id }) => id);
const someChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom("accept" as const, "reject" as const), entity: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant("retype" as const), entity: fc.constantFrom(...ids), type: fc.constantFrom("Date", "Age") }),
  fc
    .record({ entity: fc.constantFrom(...ids), span: fc.constantFrom(...spans) })
    .map(({ entity, span }) => ({ kind: "move" as const, entity, ...span })),
  fc
    .record({ kind: fc.constantFrom("link" as const, "unlink" as const), of: fc.shuffledSubarray(ids, { minLength: 2, maxLength: 2 }) })
    .map(({ kind, of: [entity = "", target = ""] }) => ({ kind, entity, role: "site" as const, target })),
); // biome-ignore format: a table
const someLog = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(someChange, { minLength: 1, maxLength: 3 }).map((all) => step(...all)) },
    fc.constantFrom(undo, redo),
  ),
  { maxLength: 12 },
);

test("undoing everything gives what the model said, redoing everything what stood before", () => {
  fc.assert(
    fc.property(someLog, (log) => {
      const steps = readLog(log).done.length;
      const undone = [...log, ...Array<LogEntry>(steps).fill(undo)];
      expect(foldCorrections(text, model, undone)).toEqual(model);
      const redone = [...undone, ...Array<LogEntry>(steps).fill(redo)];
      expect(foldCorrections(text, model, redone)).toEqual(foldCorrections(text, model, log));
    }),
  );
});

test("every text is its slice, whatever was done", () => {
  fc.assert(
    fc.property(someLog, (log) => {
      const folded = foldCorrections(text, model, log);
      expect(folded.map(({ start, end }) => text.slice(start, end))).toEqual(folded.map((one) => one.text));
      expect(new Set(folded.map(({ id }) => id))).toEqual(new Set(ids));
    }),
  );
});

test("changes of different entities may come in any order", () => {
  const byEntity = fc.tuple(...ids.map((id) => someChange.filter((change) => change.entity === id)));
  const orders = byEntity.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(orders, ([one, other]) => {
      expect(foldCorrections(text, model, [step(...other)])).toEqual(
        foldCorrections(text, model, [step(...one)]),
      );
    }),
  );
});
