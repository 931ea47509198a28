/** Han characters are letters too: a run of other letters must end where they begin, or "CT检查" would be one run. */
const TERM = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}])+|\p{Nd}+/gu;
const HAN = /\p{Script=Han}/u;

/**
 * What a text is found by: words and numbers in lower case, Chinese characters one by one and in pairs, since no
 * space says where a Chinese word ends.
 */
export function searchTerms(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of text.matchAll(TERM)) {
    if (!HAN.test(run)) {
      terms.push(run.toLowerCase());
      continue;
    }
    const characters = [...run];
    characters.forEach((character, index) => {
      terms.push(character);
      const next = characters[index + 1];
      if (next !== undefined) terms.push(character + next);
    });
  }
  return terms;
}
