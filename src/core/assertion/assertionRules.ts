import en from "#resources/assertion.en.json" with { type: "json" };
import zh from "#resources/assertion.zh.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { tokenise } from "../document/tokens.ts";
import { checkChoice, checkObject, checkStrings } from "../ruleData.ts";
import { expandPhrase } from "./phrases.ts";
import { type Group, groups, type Value, values } from "./values.ts";

const directions = ["forward", "backward", "forward-or-backward", "backward-or-forward"] as const;
export type Direction = (typeof directions)[number];

/** Words that speak of the entities after themor before them. */
export type Rule = {
  readonly id: string;
  /** Empty for a pseudo trigger, which only keeps shorter ones from firing. */
  readonly sets: readonly Value[];
  /** Where there are two, the second is taken where the first leads to no entity. */
  readonly direction: Direction;
  /** Loose words between trigger and entity, where the rule does not take the usual reach. */
  readonly reach: number | null;
  /** The groups of entities that the rule is about; null for the usual ones of its value. */
  readonly applies: readonly Group[] | null;
  /** Whether the scope runs over the commas of a list although the language's commas end it. */
  readonly commas: boolean;
};

/** The phrases of all rules as a tree of tokens; "#" stands for a number. */
export type PhraseTree = {
  readonly next: Map<string, PhraseTree>;
  /** The rules of the phrase that ends here. */
  readonly rules: Set<Rule>;
};

export type SectionDefault = {
  readonly id: string;
  readonly sets: readonly Value[];
  readonly applies: readonly Group[];
};

/** The rules of a language. */
export type AssertionRules = {
  readonly phrases: PhraseTree;
  /** By category of section. */
  readonly sections: ReadonlyMap<string, SectionDefault>;
  readonly numbers: ReadonlySet<string>;
  /** Words that link the items of a list. */
  readonly glue: ReadonlySet<string>;
  /** Those of them that come before the last item. */
  readonly joiners: ReadonlySet<string>;
  /** Whether a comma ends a scope unless a list goes on after it, or the other way round. */
  readonly comma: "ends" | "continues";
  /** Words that make what follows a comma a statement of its own. */
  readonly affirming: ReadonlySet<string>;
  /** Words that close a list, so that its commas were those of a list. */
  readonly listEnd: readonly (readonly string[])[];
};

const ruleKeys = ["id", "sets", "direction", "reach", "applies", "commas", "phrases"];
const rootKeys = [
  "groups",
  "rules",
  "sections",
  "numbers",
  "glue",
  "joiners",
  "comma",
  "affirming",
  "listEnd",
];

/**
 * Reads the content of a resources/assertion.*.json.
 * @throws TypeError for unknown keys, values or groups, an id used twice, or a phrase that is a pseudo trigger too.
 */
export function parseAssertionRules(data: unknown): AssertionRules {
  const root = checkObject(data, "assertion", rootKeys);
  const words = wordGroups(root.groups);
  const ids = new Set<string>();
  const claimId = (value: unknown): string => {
    if (typeof value !== "string" || value === "") throw new TypeError("assertion: a rule has no id");
    if (ids.has(value)) throw new TypeError(`assertion: the id "${value}" is used twice`);
    ids.add(value);
    return value;
  };
  const phrases: PhraseTree = { next: new Map(), rules: new Set() };
  for (const item of list(root.rules, "assertion.rules")) {
    const entry = checkObject(item, "assertion.rules", ruleKeys);
    const rule = readRule(entry, claimId(entry.id));
    const templates = checkStrings(entry.phrases, `${rule.id}.phrases`);
    if (templates.length === 0) throw new TypeError(`${rule.id} has no phrases`);
    for (const phrase of templates.flatMap((template) => expandPhrase(template, words))) {
      plant(phrases, phrase, rule);
    }
  }
  const sections = new Map<string, SectionDefault>();
  for (const item of list(root.sections, "assertion.sections")) {
    const entry = checkObject(item, "assertion.sections", ["id", "category", "sets", "applies"]);
    const id = claimId(entry.id);
    sections.set(String(entry.category), {
      id,
      sets: readValues(entry.sets, id),
      applies: readGroups(entry.applies, id),
    });
  }
  const set = (key: string) => new Set(checkStrings(root[key], `assertion.${key}`));
  return {
    phrases,
    sections,
    numbers: set("numbers"),
    glue: set("glue"),
    joiners: set("joiners"),
    comma: checkChoice(root.comma, "assertion.comma", ["ends", "continues"]),
    affirming: set("affirming"),
    listEnd: checkStrings(root.listEnd, "assertion.listEnd").map((word) =>
      tokenise(word).map((token) => token.text),
    ),
  };
}

function readRule(entry: Readonly<Record<string, unknown>>, id: string): Rule {
  const { reach = null, commas = false, applies } = entry;
  if (reach !== null && (typeof reach !== "number" || reach < 0))
    throw new TypeError(`${id}.reach is no count`);
  if (typeof commas !== "boolean") throw new TypeError(`${id}.commas is neither true nor false`);
  return {
    id,
    sets: readValues(entry.sets, id),
    direction: checkChoice(entry.direction, `${id}.direction`, directions),
    reach,
    applies: applies === undefined ? null : readGroups(applies, id),
    commas,
  };
}

function readValues(value: unknown, id: string): Value[] {
  return checkStrings(value, `${id}.sets`).map((word) => checkChoice(word, `${id}.sets`, values));
}

function readGroups(value: unknown, id: string): Group[] {
  return checkStrings(value, `${id}.applies`).map((word) => checkChoice(word, `${id}.applies`, groups));
}

function plant(tree: PhraseTree, phrase: string, rule: Rule): void {
  let node = tree;
  for (const { text } of tokenise(phrase)) {
    let next = node.next.get(text);
    if (next === undefined) {
      next = { next: new Map(), rules: new Set() };
      node.next.set(text, next);
    }
    node = next;
  }
  node.rules.add(rule);
  if (node.rules.size > 1 && [...node.rules].some((other) => isPseudo(other) !== isPseudo(rule))) {
    throw new TypeError(`assertion: "${phrase}" is a trigger and a pseudo trigger`);
  }
}

/** Whether the rule only keeps shorter triggers from firing. */
export function isPseudo(rule: Rule): boolean {
  return rule.sets.length === 0;
}

function wordGroups(value: unknown): ReadonlyMap<string, readonly string[]> {
  if (typeof value !== "object" || value === null) throw new TypeError("assertion.groups must be an object");
  return new Map(
    Object.entries(value).map(([name, words]) => [name, checkStrings(words, `assertion.groups.${name}`)]),
  );
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${place} must be a list`);
  return value;
}

const sources: Readonly<Record<Language, unknown>> = { en, zh };
const read = new Map<Language, AssertionRules>();

/** The rules of `language`, read when first asked for; undefined for a language that has none. */
export function assertionRules(language: Language): AssertionRules | undefined {
  const source = sources[language];
  if (source === undefined) return undefined;
  const rules = read.get(language) ?? parseAssertionRules(source);
  read.set(language, rules);
  return rules;
}
