import type { Span } from "../document/span.ts";
import type { Token } from "../document/tokens.ts";
import type { AssertionRules, Pattern, Rule } from "./assertionRules.ts";

/** Words of a rule in a sentence: half-open token indexes. */
export type Trigger = { readonly from: number; readonly to: number; readonly rule: Rule };

/**
 * The triggers of a sentence, from left to right, the longest at each place. One that lies inside a longer one
 * does not count, so that a pseudo trigger keeps its words from firing (Harkema et al. 2009); two that only
 * overlap both do: "is negative" and "negative for". Two rules of one phrase give one trigger each.
 */
export function findTriggers(
  tokens: readonly Token[],
  rules: AssertionRules,
  entities: readonly Span[],
): Trigger[] {
  const triggers: Trigger[] = [];
  let covered = 0;
  for (let from = 0; from < tokens.length; from++) {
    const found = longest(tokens, from, rules, entities);
    if (found === null || found.to <= covered) continue;
    covered = found.to;
    for (const rule of found.pattern.rules) {
      if (rule.sets.length > 0) triggers.push({ from, to: found.to, rule });
    }
  }
  return triggers;
}

function longest(
  tokens: readonly Token[],
  at: number,
  rules: AssertionRules,
  entities: readonly Span[],
): { pattern: Pattern; to: number } | null {
  const word = tokens[at]?.text ?? "";
  const candidates = [
    ...(rules.patterns.get(word) ?? []),
    ...(isNumber(word, rules) ? (rules.patterns.get("#") ?? []) : []),
  ];
  let best: { pattern: Pattern; to: number } | null = null;
  for (const pattern of candidates) {
    const to = matchEnd(tokens, at, pattern.tokens, rules);
    if (to === null || to <= (best?.to ?? at)) continue;
    const isPseudo = pattern.rules.every((rule) => rule.sets.length === 0);
    if (isPseudo && entities.some((entity) => startsInside(entity, tokens, at, to))) continue;
    best = { pattern, to };
  }
  return best;
}

/** "No [improvement]": an entity that begins inside the words of a pseudo trigger is what the sentence denies. */
function startsInside(entity: Span, tokens: readonly Token[], from: number, to: number): boolean {
  return (tokens[from]?.start ?? 0) < entity.start && entity.start < (tokens[to - 1]?.end ?? 0);
}

/** Where the pattern ends if it matches at `at`. "#" takes a whole number: "3", "2-3", "十余". */
function matchEnd(
  tokens: readonly Token[],
  at: number,
  pattern: readonly string[],
  rules: AssertionRules,
): number | null {
  let next = at;
  for (const part of pattern) {
    const word = tokens[next]?.text;
    if (word === undefined) return null;
    if (part !== "#") {
      if (word !== part) return null;
      next++;
      continue;
    }
    if (!isNumber(word, rules)) return null;
    next++;
    while (continuesNumber(tokens, next, rules)) next++;
  }
  return next;
}

function continuesNumber(tokens: readonly Token[], at: number, rules: AssertionRules): boolean {
  const word = tokens[at]?.text ?? "";
  if (isNumber(word, rules)) return true;
  return /^[-~+]$/.test(word) && isNumber(tokens[at + 1]?.text ?? "", rules);
}

function isNumber(word: string, rules: AssertionRules): boolean {
  return /^\p{Nd}/u.test(word) || rules.numbers.has(word);
}
