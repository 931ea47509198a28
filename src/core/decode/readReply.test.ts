import fc from "fast-check";
import { expect, test } from "vitest";
import { readLenientJson } from "./lenientJson.ts";
import { readReply } from "./readReply.ts";

const types = ["Sign_symptom", "Lab_value"];
const S = (text: string) => ({ type: "Sign_symptom", text });
const L = (text: string) => ({ type: "Lab_value", text });
const clean = '[{"type": "Sign_symptom", "text": "chest pain"}, {"type": "Lab_value", "text": "120"}]';

test("a clean list is read as it is", () => {
  expect(readReply(clean, types)).toEqual({
    mentions: [S("chest pain"), L("120")],
    unknownTypes: 0,
    isRepaired: false,
    isCutOff: false,
    isUnreadable: false,
  });
  expect(readReply(" []\n", types)).toMatchObject({ mentions: [], isRepaired: false, isUnreadable: false });
});

const both = [S("chest pain"), L("120")];
test.each<[string, string, unknown[]]>([
  ["fences", `\`\`\`json\n${clean}\n\`\`\``, both],
  ["prose around it", `Here are [all] entities:\n\n${clean}\n\nI hope that this helps {you}.`, both],
  [
    "a trailing comma",
    '[{"type": "Sign_symptom", "text": "chest pain",}, {"type": "Lab_value", "text": "120"},]',
    both,
  ],
  [
    "missing commas",
    '[{"type": "Sign_symptom" "text": "chest pain"} {"type": "Lab_value"\n"text": "120"}]',
    both,
  ],
  [
    "single quotes",
    "[{'type': 'Sign_symptom', 'text': 'chest pain'}, {'type': 'Lab_value', 'text': '120'}]",
    both,
  ],
  [
    "smart quotes",
    "[{“type”: “Sign_symptom”, “text”: “chest pain”}, {“type”：‘Lab_value’，“text”：“120”}]",
    both,
  ],
  ["no quotes", "[{type: Sign_symptom, text: chest pain}, {type: Lab_value, text: 120}]", both],
  ["numbers", '[{"type": "Sign_symptom", "text": "chest pain"}, {"type": "Lab_value", "text": 120}]', both],
  ["a wrapper", `{"entities": ${clean}}`, both],
  ["lines", clean.slice(1, -1).replace("}, {", "}\n{"), both],
  ["lists by type", '{"Sign_symptom": ["chest pain"], "lab value": "120"}', both],
  ["no list around", clean.slice(1, -1), both],
  [
    "a missing brace",
    '[{"type": "Sign_symptom", "text": "chest pain", {"type": "Lab_value", "text": "120"}]',
    both,
  ],
  [
    "other keys",
    '[{"label": "sign symptom", "entity": "chest pain"}, {"category": "LAB-VALUE", "span": "120"}]',
    both,
  ],
  ["no closing bracket", clean.slice(0, -1), both],
  ["cut after a text", '[{"type": "Sign_symptom", "text": "chest pain"', [S("chest pain")]],
  [
    "cut in a text",
    '[{"type": "Sign_symptom", "text": "chest pain"}, {"type": "Lab_value", "text": "12',
    [S("chest pain")],
  ],
  ["cut in a key", '[{"type": "Sign_symptom", "text": "chest pain"}, {"ty', [S("chest pain")]],
  ["an apostrophe", "[{'type': 'Sign_symptom', 'text': 'patient's pain'}]", [S("patient's pain")]],
  ["quotes inside", '[{"type": "Sign_symptom", "text": "the "pins" feeling"}]', [S('the "pins" feeling')]],
  ["escapes", '[{"type": "Sign_symptom", "text": "a\\n\\u80f8\\"b\\/"},]', [S('a\n胸"b/')]],
  ["brackets in a text", '[{"type": "Lab_value", "text": "Hb [12] {g}"},]', [L("Hb [12] {g}")]],
  ["empty texts", '[{"type": "Lab_value", "text": " "}, {"type": "Lab_value"}, {"text": "x"}]', []],
  [
    "comments",
    `// found\n${clean.replaceAll(", ", ", /* next */ ").replaceAll(/"(?=[,}])/g, '" // "so", [it] seems\n')}`,
    both,
  ],
  ["a comment without quotes", "[{type: Lab_value, text: 120 // {high}\n}]", [L("120")]],
  [
    "slashes that are no comment",
    '[{"type": "Lab_value", "text": "120 //80 /* mm"},]',
    [L("120 //80 /* mm")],
  ],
  ["a comment without end", `${clean.slice(0, -1)} /* and`, both],
  ["no list", "There are no entities.", []],
  ["nothing", "", []],
])("%s", (_, reply, mentions) => {
  expect(readReply(reply, types).mentions).toEqual(mentions);
});

test("what was repaired, cut, unreadable or of another type is told", () => {
  const told = (reply: string) => {
    const { isRepaired, isCutOff, isUnreadable, unknownTypes } = readReply(reply, types);
    return { isRepaired, isCutOff, isUnreadable, unknownTypes };
  };
  const none = { isRepaired: false, isCutOff: false, isUnreadable: false, unknownTypes: 0 };
  expect(told(clean)).toEqual(none);
  expect(told(`\`\`\`${clean}\`\`\``)).toEqual({ ...none, isRepaired: true });
  expect(told(clean.slice(0, -5))).toEqual({ ...none, isRepaired: true, isCutOff: true });
  expect(told("None.")).toEqual({ ...none, isRepaired: true, isUnreadable: true });
  expect(told('[{"type": "Drug", "text": "aspirin"}]')).toEqual({ ...none, unknownTypes: 1 });
});

const words = fc.array(
  fc.constantFrom("pain", '"', "'", "\\", "[", "}", ":", ",", "胸", "𠮷", "\n", "“", " "),
  {
    minLength: 1,
    maxLength: 8,
  },
);
const mention = fc.record({
  type: fc.constantFrom(...types),
  text: words.map((parts) => parts.join("")).filter((text) => text.trim() !== ""),
});

test("whatever is listed as JSON is read back", () => {
  fc.assert(
    fc.property(fc.array(mention), (mentions) => {
      expect(readReply(JSON.stringify(mentions), types)).toMatchObject({ mentions, isRepaired: false });
    }),
  );
});

/** What models do to a list that is otherwise right. */
const damages: readonly ((reply: string) => string)[] = [
  (reply) => `\`\`\`json\n${reply}\n\`\`\``,
  (reply) => `Sure! Here it is:\n\n${reply}\n\nThere is nothing else.`,
  (reply) => reply.replaceAll("}", ",}").replace(/\]$/, ",]"),
  (reply) => reply.replaceAll('"', "'"),
  (reply) => reply.replaceAll('"', "\u201c"),
  (reply) => reply.replaceAll(/"(type|text)"/g, "$1"),
  (reply) => reply.replaceAll("},{", "}\n{"),
  (reply) => reply.replaceAll("},{", "} // one more\n,{"),
  (reply) => `{"entities": ${reply}}`,
  (reply) => reply.replace(/\]$/, ""),
];

test("what is damaged in several ways at once still says the same", () => {
  const plain = fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      text: fc.constantFrom("pain", "chest pain", "胸痛", "12 g/l"),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(plain, fc.subarray([...damages.keys()]), (mentions, chosen) => {
      const reply = chosen.reduce((text, i) => damages[i]?.(text) ?? text, JSON.stringify(mentions));
      expect(readReply(reply, types)).toMatchObject({ mentions, isUnreadable: false, unknownTypes: 0 });
    }),
  );
});

test("a list that breaks off anywhere gives the beginning of what it held", () => {
  const plain = fc.array(
    fc.record({
      type: fc.constantFrom(...types),
      text: fc.constantFrom("pain", "chest pain", "胸痛", "12 g"),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(plain, fc.nat(), (mentions, at) => {
      const whole = JSON.stringify(mentions);
      const cut = whole.slice(0, at % whole.length);
      const { mentions: kept } = readReply(cut, types);
      expect(kept).toEqual(mentions.slice(0, kept.length));
      expect(kept.length).toBeGreaterThanOrEqual((cut.match(/}/g) ?? []).length);
    }),
  );
});

test("no reply is too odd to be read, and brackets alone do not exhaust the stack", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("[", "]", "{", "}", ":", ",", '"', "'", "type", "\\", "`", "x")),
      (parts) => {
        readReply(parts.join(""), types);
      },
    ),
    { numRuns: 500 },
  );
  expect(readLenientJson("[".repeat(100_000)).isCutOff).toBe(true);
  expect(readLenientJson("{".repeat(100_000)).values.length).toBeGreaterThan(0);
});
