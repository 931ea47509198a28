import type { Span } from "../document/span.ts";
import type { Token } from "../document/tokens.ts";
import { type AssertionRules, isPseudo, type PhraseTree, type Rule } from "./assertionRules.ts";

/** Words of a rule in a sentence: half-open token indexes. */
export type Trigger = {
  readonly from: number;
  readonly to: number;
  readonly rule: Rule;
  /** Where its scope ends at the latest, where a pseudo trigger would have kept it from firing. */
  readonly until?: number;
};

type Match = { readonly rules: ReadonlySet<Rule>; readonly to: number };

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
    if (!keepsQuiet(found)) {
      for (const rule of found.rules) triggers.push({ from, to: found.to, rule });
    } else if (
      shorter !== undefined &&
      entities.some((entity) => startsInside(entity, tokens, from, found.to))
    ) {
      for (const rule of shorter.rules) {
        triggers.push({ from, to: shorter.to, rule, until: found.to });
      }
    }
  }
  return triggers;
}

function keepsQuiet(match: Match): boolean {
  return [...match.rules].every(isPseudo);
}

/** The longest match at `at`, and the longest that is no pseudo trigger. */
function matchesAt(
  tokens: readonly Token[],
  at: number,
  rules: AssertionRules,
): [Match | undefined, Match | undefined] {
  let longest: Match | undefined;
  let real: Match | undefined;
  const walk = (tree: PhraseTree, next: number): void => {
    if (tree.rules.size > 0 && next > (longest?.to ?? at)) longest = { rules: tree.rules, to: next };
    if (tree.rules.size > 0 && next > (real?.to ?? at)) {
      const match = { rules: tree.rules, to: next };
      if (!keepsQuiet(match)) real = match;
    }
    const word = tokens[next]?.text;
    if (word === undefined) return;
    const same = tree.next.get(word);
    if (same !== undefined) walk(same, next + 1);
    const number = tree.next.get("#");
    if (number !== undefined && isNumber(word, rules)) walk(number, numberEnd(tokens, next, rules));
  };
  walk(rules.phrases, at);
  return [longest, real];
}

/** Where the number that begins at `at` ends: "3", "2-3", "十余". */
function numberEnd(tokens: readonly Token[], at: number, rules: AssertionRules): number {
  let end = at + 1;
  for (;;) {
    const word = tokens[end]?.text ?? "";
    const joins = /^[-~+]$/.test(word) && isNumber(tokens[end + 1]?.text ?? "", rules);
    if (!joins && !isNumber(word, rules)) return end;
    end += joins ? 2 : 1;
  }
}

function startsInside(entity: Span, tokens: readonly Token[], from: number, to: number): boolean {
  return (tokens[from]?.start ?? 0) < entity.start && entity.start < (tokens[to - 1]?.end ?? 0);
}

function isNumber(word: string, rules: AssertionRules): boolean {
  return rules.numbers.has(word) || /^\p{Nd}/u.test(word);
}
