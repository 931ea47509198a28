import { NotegrainError } from "../errors.ts";
import { addRows, countRow, countsOf } from "./counts.ts";
import { type DiscontinuousScore, type FragmentedDocument, scoreDiscontinuous } from "./discontinuous.ts";
import { type Measure, type Measures, measuresOf, strict } from "./measures.ts";
import { nestedMentions } from "./nested.ts";
import { bootstrap, type Interval, interval95, type ResampleOptions } from "./resample.ts";

/** The mentions of one document. */
export type MentionDocument = FragmentedDocument;

export type ScoreOptions = ResampleOptions & {
  /** The schema: mentions of other types count neither as gold nor as predicted. */
  readonly types: readonly string[];
};

export type MeasureWithInterval = Measure & {
  /** Of the F1, by bootstrap over documents. */
  readonly ci95: Interval;
};

export type TypeScore = Measure & {
  /** Gold mentions of the type. */
  readonly support: number;
};

/** What `evaluate --format json` prints, but for speed and run. Figures are rounded to 6 decimals. */
export type Scores = {
  readonly documents: number;
  readonly micro: MeasureWithInterval;
  readonly macro: MeasureWithInterval;
  readonly relaxed: MeasureWithInterval;
  /** Strict recall of the gold mentions that stand inside another one or hold another one. */
  readonly nested: { readonly recall: number; readonly support: number };
  /** Of the gold mentions in fragments: their outer spans, which all other scores count, and their exact fragments. */
  readonly discontinuous: DiscontinuousScore;
  /** Every type of the schema, in its order. */
  readonly types: Readonly<Record<string, TypeScore>>;
};

/**
 * Scores predictions against gold, document by document of the same name. A document without predictions counts as
 * one where nothing was found; predictions for documents that the gold lacks are left out.
 * @throws NG-GOLD where two gold documents have one name
 */
export function scoreDocuments(
  gold: readonly MentionDocument[],
  predicted: readonly MentionDocument[],
  options: ScoreOptions,
): Scores {
  const rows = countRows(gold, predicted, options.types);
  const sum = addRows(rows);
  const measures = measuresOf(sum);
  const drawn = bootstrap(rows.length, (weights) => measuresOf(addRows(rows, weights)), options);
  const withInterval = (kind: keyof Measures): MeasureWithInterval => {
    const [low, high] = interval95(drawn.map((each) => each[kind].f1));
    return { ...rounded(measures[kind]), ci95: [round(low), round(high)] };
  };
  const counts = countsOf(sum);
  const discontinuous = scoreDiscontinuous(gold, predicted, options.types);
  return {
    documents: gold.length,
    micro: withInterval("micro"),
    macro: withInterval("macro"),
    relaxed: withInterval("relaxed"),
    nested: nestedRecall(gold, predicted, options.types),
    discontinuous: {
      ...discontinuous,
      outer: { recall: round(discontinuous.outer.recall) },
      fragments: rounded(discontinuous.fragments),
    },
    types: Object.fromEntries(
      options.types.map((type, i) => {
        const count = counts[i];
        return [type, { ...rounded(strict(count ?? nothing)), support: count?.gold ?? 0 }];
      }),
    ),
  };
}

/** A row of counts (see `countRow`) for each gold document, in order. */
export function countRows(
  gold: readonly MentionDocument[],
  predicted: readonly MentionDocument[],
  types: readonly string[],
): Float64Array[] {
  const seen = new Set<string>();
  const byName = new Map(predicted.map((document) => [document.name, document.mentions]));
  return gold.map(({ name, mentions }) => {
    if (seen.has(name)) throw new NotegrainError("NG-GOLD", { name, reason: "GOLD-SAME-NAME" });
    seen.add(name);
    return countRow(mentions, byName.get(name) ?? [], types);
  });
}

function nestedRecall(
  gold: readonly MentionDocument[],
  predicted: readonly MentionDocument[],
  types: readonly string[],
): Scores["nested"] {
  const nested = gold.map(({ name, mentions }) => ({
    name,
    mentions: nestedMentions(mentions.filter((mention) => types.includes(mention.type))),
  }));
  const { recall } = measuresOf(addRows(countRows(nested, predicted, types))).micro;
  return { recall: round(recall), support: nested.reduce((sum, { mentions }) => sum + mentions.length, 0) };
}

const nothing = { gold: 0, predicted: 0, exact: 0, goldTouched: 0, predictedTouched: 0 };

function rounded(measure: Measure): Measure {
  return { precision: round(measure.precision), recall: round(measure.recall), f1: round(measure.f1) };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
