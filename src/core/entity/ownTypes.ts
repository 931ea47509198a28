import { type ErrorParams, NotegrainError, type ReasonCode } from "../errors.ts";
import { entityTypes } from "./entityTypes.ts";

/** A type that a user adds: prompts of a stock model explain it by its definition. */
export type OwnType = {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** One line. */
  readonly definition: string;
  /** Words that a note may have for it; they may be none. */
  readonly examples: readonly string[];
};

const KEYS = ["name", "definition", "examples"];
/** What every place where a name stands can take: a tag, a list by comma, a line of brat. */
const NAME = /^\p{L}[\p{L}\p{M}\p{Nd}_-]*$/u;
const LONGEST_NAME = 40;
/** Characters of a definition or an example, so that a prompt keeps room for the note. */
const LONGEST_TEXT = 500;
const MOST_EXAMPLES = 20;

/** What is wrong with a type: its name, a name that a reader would take for another's, or its words. */
export type OwnTypeFault =
  | { readonly kind: "name" | "definition" | "examples" }
  | { readonly kind: "taken"; readonly by: string };

/**
 * What keeps a type from being used, or null.
 * @param others names of the user's other types; those of the built-in ones are always taken
 */
export function ownTypeFault(
  { name, definition, examples }: OwnType,
  others: readonly string[],
): OwnTypeFault | null {
  if (!isName(name)) return { kind: "name" };
  const builtIn = entityTypes.map((type) => type.name);
  const by = [...builtIn, ...others].find((other) => likeness(other) === likeness(name));
  if (by !== undefined) return { kind: "taken", by };
  if (!isLine(definition)) return { kind: "definition" };
  return examples.length > MOST_EXAMPLES || !examples.every(isLine) ? { kind: "examples" } : null;
}

/**
 * Reads a list of types strictly: `[{"name", "definition", "examples"?}]`.
 * @param json the text of the file
 * @throws NG-TYPES for anything unexpected, a name like another's (also a built-in one's) included
 */
export function readOwnTypes(json: string): OwnType[] {
  const list = parse(json);
  if (!Array.isArray(list) || list.length === 0) throw refuse("TYPES-NOT-LIST");
  const types = list.map((item, index) => readType(item, index + 1));
  types.forEach((type, index) => {
    const fault = ownTypeFault(
      type,
      types.slice(0, index).map(({ name }) => name),
    );
    if (fault?.kind === "taken") throw refuse("TYPES-ALIKE", { type: type.name, other: fault.by });
  });
  return types;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse("TYPES-NOT-JSON"); // the parser's own words quote the file
  }
}

function readType(item: unknown, number: number): OwnType {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    throw refuse("TYPES-NOT-OBJECT", { number });
  }
  const unknown = Object.keys(item).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw refuse("TYPES-KEY", { number, key: JSON.stringify(unknown) });
  const { name, definition, examples = [] } = item as Record<string, unknown>;
  if (typeof name !== "string" || !isName(name)) throw refuse("TYPES-NAME", { number, most: LONGEST_NAME });
  if (!Array.isArray(examples) || examples.length > MOST_EXAMPLES) {
    throw refuse("TYPES-EXAMPLES", { type: name, most: MOST_EXAMPLES });
  }
  return {
    name,
    definition: readLine(definition, "TYPES-DEFINITION", name),
    examples: examples.map((example) => readLine(example, "TYPES-EXAMPLE", name)),
  };
}

function readLine(value: unknown, fault: ReasonCode, type: string): string {
  const line = typeof value === "string" ? value.trim() : "";
  if (isLine(line)) return line;
  throw refuse(fault, { type, most: LONGEST_TEXT });
}

function isName(name: string): boolean {
  return name.length <= LONGEST_NAME && NAME.test(name);
}

function isLine(text: string): boolean {
  return text.trim() !== "" && text.length <= LONGEST_TEXT && !/\p{Cc}/u.test(text);
}

/** Names that a reader would take for the same one. */
function likeness(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[_-]/g, "");
}

function refuse(detail: ReasonCode, values: ErrorParams = {}): NotegrainError {
  return new NotegrainError("NG-TYPES", { detail, ...values });
}
