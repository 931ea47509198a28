import { NotegrainError } from "../errors.ts";
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
  if (!Array.isArray(list) || list.length === 0)
    throw refuse("The list of types must be a JSON list of objects");
  const types = list.map((item, index) => readType(item, `type ${index + 1}`));
  types.forEach((type, index) => {
    const fault = ownTypeFault(
      type,
      types.slice(0, index).map(({ name }) => name),
    );
    if (fault?.kind === "taken") throw refuse(`The type ${type.name} is named like the type ${fault.by}`);
  });
  return types;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse("The list of types is not valid JSON"); // the parser's own words quote the file
  }
}

function readType(item: unknown, place: string): OwnType {
  if (typeof item !== "object" || item === null || Array.isArray(item))
    throw refuse(`In the list, ${place} is not an object`);
  const unknown = Object.keys(item).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw refuse(`In the list, ${place} has the unknown key ${JSON.stringify(unknown)}`);
  const { name, definition, examples = [] } = item as Record<string, unknown>;
  if (typeof name !== "string" || !isName(name)) {
    throw refuse(
      `In the list, ${place} needs a name of at most ${LONGEST_NAME} letters, digits, _ and -, beginning with a letter`,
    );
  }
  if (!Array.isArray(examples) || examples.length > MOST_EXAMPLES) {
    throw refuse(`The examples of ${name} must be a list of at most ${MOST_EXAMPLES}`);
  }
  return {
    name,
    definition: readLine(definition, `The definition of ${name}`),
    examples: examples.map((example) => readLine(example, `Every example of ${name}`)),
  };
}

function readLine(value: unknown, what: string): string {
  const line = typeof value === "string" ? value.trim() : "";
  if (isLine(line)) return line;
  throw refuse(`${what} must be one line of 1 to ${LONGEST_TEXT} characters`);
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

function refuse(detail: string): NotegrainError {
  return new NotegrainError("NG-TYPES", { detail: `${detail}.` });
}
