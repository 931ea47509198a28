import chinese from "#resources/prompts/definitions.zh.json" with { type: "json" };
import type { Language } from "../document/noteDocument.ts";
import { entityType } from "../entity/entityTypes.ts";
import type { OwnType } from "../entity/ownTypes.ts";

/** The words of a prompt in one language, as the files in resources/prompts have them. */
type Wording = {
  /** Holds `{types}`: a line for each type. */
  readonly system: string;
  /** A type's line, with `{name}` and `{definition}`. */
  readonly type: string;
  /** What follows it where a type has examples: `{examples}`, joined by `between`. */
  readonly examples: string;
  readonly between: string;
  /** What stands before the note. */
  readonly user: string;
};

/** A prompt: its version and its words in each language. */
export type PromptTemplate = Readonly<Record<Language, Wording>> & { readonly version: string };

/** The types that a prompt explains. */
export type AskedTypes = {
  /** Names of the wanted types, in the order in which two on one span are listed. */
  readonly types: readonly string[];
  /** Those among them that a user added. */
  readonly ownTypes?: readonly OwnType[];
};

/** The instruction with its types, ready for the system's turn. */
export function writeInstruction(
  template: PromptTemplate,
  language: Language,
  { types, ownTypes = [] }: AskedTypes,
): string {
  const { system, type, examples, between } = template[language];
  const lines = types.map((name) => {
    const definition = definitionOf(name, language, { ownTypes });
    const shown = ownTypes.find((candidate) => candidate.name === name)?.examples ?? [];
    const line = type.replace("{name}", () => name).replace("{definition}", () => definition);
    return shown.length === 0 ? line : line + examples.replace("{examples}", () => shown.join(between));
  });
  return system.replace("{types}", () => lines.join("\n"));
}

/** What a type means; its name where nothing else is known of it. */
export function definitionOf(
  name: string,
  language: Language,
  { ownTypes = [] }: Pick<AskedTypes, "ownTypes">,
): string {
  const known: Readonly<Record<string, string>> = language === "zh" ? chinese : {};
  const own = ownTypes.find((candidate) => candidate.name === name)?.definition;
  return own ?? known[name] ?? entityType(name)?.definition ?? name;
}

/**
 * All words of a prompt in every language, with its version: what a hash has to cover. They do not depend on the
 * language of the note, which is known only once the note is read.
 */
export function promptWords(template: PromptTemplate, asked: AskedTypes): string {
  return JSON.stringify([
    template.version,
    ...(["en", "zh"] as const).flatMap((language) => [
      writeInstruction(template, language, asked),
      template[language].user,
    ]),
  ]);
}
