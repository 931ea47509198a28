/** What the full-text index gets of one note. */
export type IndexedWords = { readonly words: string; readonly characters: string };

/** Han characters, by range and not by the script property, which grows with Unicode: see `indexWords`. */
const HAN = "\\u3005\\u3007\\u3021-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const HAN_RUN = new RegExp(`[${HAN}]+`, "gu");

/** A run of Han characters, or another word. */
export const WORD = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}\\p{M}\\p{Co}])+`, "gu");

/**
 * Prepares a note for FTS5, which knows no word borders in Chinese: a run of Han characters becomes its
 * overlapping pairs and its last character (胸痛两天 → 胸痛 痛两 两天 天), so that a word of two or more is a
 * phrase of pairs, which cannot reach over the end of a run. Single characters go to `characters`, once each,
 * since of them only their presence matters. All else is left to the index's own word rule. NFKC makes
 * full-width letters and digits findable by plain ones.
 *
 * To delete a note is to give the index the same words again: a change of this function needs a migration
 * that builds the index anew.
 */
export function indexWords(name: string, text: string): IndexedWords {
  const characters = new Set<string>();
  const words = `${name}\n${text}`.normalize("NFKC").replace(HAN_RUN, (run) => {
    const each = [...run];
    for (const character of each) characters.add(character);
    return ` ${[...pairs(each), each.at(-1)].join(" ")} `;
  });
  return { words, characters: [...characters].join(" ") };
}

/** Overlapping pairs of characters; none for a single one. */
function pairs(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** A word that is searched for: Han characters match anywhere, other words from their beginning. */
export type SearchTerm = { readonly text: string; readonly han: boolean };

/** The terms of a query as a person typed it. Marks between them do not matter. */
export function searchTerms(query: string): SearchTerm[] {
  return [...query.normalize("NFKC").matchAll(WORD)].map(([text]) => ({
    text,
    han: new RegExp(`^[${HAN}]`, "u").test(text),
  }));
}

/** The FTS5 expression that finds notes with all `terms`, or null where there are none. */
export function matchExpression(terms: readonly SearchTerm[]): string | null {
  if (terms.length === 0) return null;
  return terms
    .map(({ text, han }) => {
      // A term holds letters and digits only, so that quotes need no escape.
      if (!han) return `"${text}"${text.length > 1 ? "*" : ""}`;
      const each = [...text];
      return each.length === 1 ? `characters : "${text}"` : `words : "${pairs(each).join(" ")}"`;
    })
    .join(" AND ");
}
