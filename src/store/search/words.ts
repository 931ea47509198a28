/** What the full-text index gets of one note. */
export type IndexedWords = { readonly words: string; readonly characters: string };

const HAN_RUN = /\p{Script=Han}+/gu;

/**
 * Prepares a note for FTS5, which knows no word borders in Chinese: a run of Han characters becomes its
 * overlapping pairs (胸痛两天 → 胸痛 痛两 两天), so that a word of two or more is a phrase of pairs; single characters
 * go to `characters`, once each, since of them only their presence matters. All else is left to the index's
 * own word rule. NFKC makes full-width letters and digits findable by plain ones.
 */
export function indexWords(name: string, text: string): IndexedWords {
  const characters = new Set<string>();
  const words = `${name}\n${text}`.normalize("NFKC").replace(HAN_RUN, (run) => {
    const each = [...run];
    for (const character of each) characters.add(character);
    return ` ${pairs(each).join(" ")} `;
  });
  return { words, characters: [...characters].join(" ") };
}

/** Overlapping pairs of characters; none for a single one. */
function pairs(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** A word that is searched for: Han characters match anywhere, other words from their beginning. */
export type SearchTerm = { readonly text: string; readonly han: boolean };

const TERM = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}\p{Co}])+/gu;

/** The terms of a query as a person typed it. Marks between them do not matter. */
export function searchTerms(query: string): SearchTerm[] {
  return [...query.normalize("NFKC").matchAll(TERM)].map(([text]) => ({
    text,
    han: /^\p{Script=Han}/u.test(text),
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
