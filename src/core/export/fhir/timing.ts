import data from "#resources/fhir.json" with { type: "json" };
import { codeOf, numberOf, plainWords } from "./vocabulary.ts";

/** The parts of Timing.repeat that words of frequency give, and the abbreviation code that says the same. */
export type Frequency = {
  readonly repeat?: {
    readonly frequency: number;
    readonly frequencyMax?: number;
    readonly period: number;
    readonly periodUnit: string;
    readonly when?: readonly string[];
  };
  /** Code of v3-GTSAbbreviation. */
  readonly gts?: string;
  readonly asNeeded: boolean;
};

const TIMES =
  /^(?<low>[\p{L}\d.]+?)(?:(?:-|–|to| to |至)(?<high>[\p{L}\d.]+?))? ?(?:times?|x)? ?(?:an?|per|each|every|\/) ?(?<unit>day|week|month|hour|d|wk|h)$/u;
const TIMES_ADVERB =
  /^(?<low>[\p{L}\d]+)(?:(?:-|–| to )(?<high>[\p{L}\d]+))?(?: times| x)? (?<unit>daily|weekly|monthly)$/u;
const EVERY =
  /^(?:every|each|q) ?(?<period>[\p{L}\d.]+?)?(?: |-)?(?<unit>hours?|hrs?|h|days?|d|weeks?|wk|w|months?|mo)$/u;
const CHINESE_TIMES = /^(?:每|一|1)(?<unit>日|天|周|月)(?<low>[\d一二两三四五六]+)次$/u;
const CHINESE_TIMES_AFTER = /^(?<low>[\d一二两三四五六]+)次[/每](?<unit>日|天|周|月)$/u;
const CHINESE_EVERY = /^每(?<period>[\d一二两三四五六八十]+)(?:个)?(?<unit>小时|天|日|周|月)(?:一次|1次)?$/u;

const ADVERBS: Readonly<Record<string, string>> = {
  daily: "day",
  weekly: "week",
  monthly: "month",
  w: "week",
};

/** "b.i.d.", "every 8 hours as needed", "每日2次". Null where the words say nothing that can be counted. */
export function parseFrequency(text: string): Frequency | null {
  const words = plainWords(text);
  const { rest, asNeeded } = takeAsNeeded(words);
  if (rest === "") return asNeeded ? { asNeeded } : null;
  const named = data.frequencies.find((entry) => entry.words.includes(rest));
  if (named) {
    const { frequency, period, periodUnit, when, gts } = named;
    return {
      repeat: { frequency, period, periodUnit, ...(when && { when: [when] }) },
      ...(gts && { gts }),
      asNeeded,
    };
  }
  const repeat = countedTimes(rest) ?? countedPeriod(rest);
  return repeat ? { repeat, asNeeded } : null;
}

function takeAsNeeded(words: string): { rest: string; asNeeded: boolean } {
  for (const phrase of data.asNeeded) {
    if (words === phrase) return { rest: "", asNeeded: true };
    if (words.endsWith(` ${phrase}`))
      return { rest: words.slice(0, -phrase.length - 1).trim(), asNeeded: true };
  }
  return { rest: words, asNeeded: false };
}

function countedTimes(words: string): Frequency["repeat"] | null {
  const groups = firstGroups(words, [TIMES, TIMES_ADVERB, CHINESE_TIMES, CHINESE_TIMES_AFTER]);
  const low = numberOf(groups?.low ?? "");
  const periodUnit = timeUnit(groups?.unit);
  if (low === undefined || !Number.isInteger(low) || low < 1 || !periodUnit) return null;
  const high = numberOf(groups?.high ?? "");
  if (groups?.high !== undefined && (high === undefined || high <= low)) return null;
  return { frequency: low, ...(high !== undefined && { frequencyMax: high }), period: 1, periodUnit };
}

function countedPeriod(words: string): Frequency["repeat"] | null {
  const groups = firstGroups(words, [EVERY, CHINESE_EVERY]);
  const period = numberOf(groups?.period ?? "1");
  const periodUnit = timeUnit(groups?.unit);
  if (period === undefined || period <= 0 || !periodUnit) return null;
  return { frequency: 1, period, periodUnit };
}

function firstGroups(
  words: string,
  patterns: readonly RegExp[],
): Record<string, string | undefined> | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(words)?.groups;
    if (groups) return groups;
  }
  return undefined;
}

function timeUnit(word: string | undefined): string | undefined {
  return word === undefined ? undefined : codeOf(data.timeUnits, ADVERBS[word] ?? word);
}
