/**
 * All spellings of a phrase of the rule files: "[a|b|] c" stands for "a c", "b c" and "c"; "{name}" for any
 * word of that group. Brackets may be nested.
 * @throws TypeError for an unknown group or brackets that do not match.
 */
export function expandPhrase(phrase: string, groups: ReadonlyMap<string, readonly string[]>): string[] {
  const spelled = phrase.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const words = groups.get(name);
    if (words === undefined) throw new TypeError(`phrase "${phrase}" names an unknown group`);
    return `[${words.join("|")}]`;
  });
  const spellings = expandBrackets(spelled);
  if (spellings.some((spelling) => /[[\]|{}]/.test(spelling))) {
    throw new TypeError(`brackets of phrase "${phrase}" do not match`);
  }
  return [...new Set(spellings.map((spelling) => spelling.trim()))].filter((spelling) => spelling !== "");
}

/** Opens the first innermost bracket and goes on with each of its choices. */
function expandBrackets(phrase: string): string[] {
  const bracket = /\[([^[\]]*)\]/.exec(phrase);
  if (bracket === null) return [phrase];
  const [whole, choices = ""] = bracket;
  const before = phrase.slice(0, bracket.index);
  const after = phrase.slice(bracket.index + whole.length);
  return choices.split("|").flatMap((choice) => expandBrackets(before + choice + after));
}
