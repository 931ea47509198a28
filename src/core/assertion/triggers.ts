import type { Span } from "../document/span.ts";
import type { Token } from "../document/tokens.ts";
import type { AssertionRules, Pattern, Rule } from "./assertionRules.ts";

/** Words of a rule in a sentence: half-open token indexes. */
export type Trigger = {
  readonly from: number;
  readonly to: number;
  readonly rule: Rule;
  /** Where its scope ends at the latest, where a pseudo trigger would have kept it from firing. */
  readonly until?: number;
};

type Match = { readonly pattern: Pattern; readonly to: number };

/**
 * The triggers of a sentence, from left to right, the longest at each place. One that lies inside a longer one
 * does not count, so that a pseudo trigger keeps its words from firing (Harkema et al. 2009); two that only
 * overlap both do: "is negative" and "negative for". Two rules of one phrase give one trigger each. An entity
 * that begins inside a pseudo trigger is what the sentence denies ("no [improvement] in"): for it alone the
 * shorter trigger fires.
 */
export function findTriggers(
  tokens: readonly Token[],
  rules: AssertionRules,
  entities: readonly Span[],
): Trigger[] {
  const triggers: Trigger[] = [];
  let covered = 0;
  for (let from = 0; from < tokens.length; from++) {
    const [found, shorter] = matchesAt(tokens, from, rules);
    if (found === undefined || found.to <= covered) continue;
    covered = found.to;
    if (!isPseudo(found.pattern)) {
      for (const rule of found.pattern.rules) triggers.push({ from, to: found.to, rule });
    } else if (
      shorter !== undefined &&
      entities.some((entity) => startsInside(entity, tokens, from, found.to))
    ) {
      for (const rule of shorter.pattern.rules) {
        triggers.push({ from, to: shorter.to, rule, until: found.to });
      }
    }
  }
  return triggers;
}

function isPseudo(pattern: Pattern): boolean {
  return pattern.rules.every((rule) => rule.sets.length === 0);
}

/** The longest match at `at`, and the longest that is no pseudo trigger. */
function matchesAt(
  tokens: readonly Token[],
  at: number,
  rules: AssertionRules,
): [Match | undefined, Match | undefined] {
  const word = tokens[at]?.text ?? "";
  const candidates = [
    ...(rules.patterns.get(word) ?? []),
    ...(isNumber(word, rules) ? (rules.patterns.get("#") ?? []) : []),
  ];
  let longest: Match | undefined;
  let real: Match | undefined;
  for (const pattern of candidates) {
    const to = matchEnd(tokens, at, pattern.tokens, rules);
    if (to === null) continue;
    if (to > (longest?.to ?? at)) longest = { pattern, to };
    if (to > (real?.to ?? at) && !isPseudo(pattern)) real = { pattern, to };
  }
  return [longest, real];
}

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
