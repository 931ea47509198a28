import type { NoteDocument } from "../document/noteDocument.ts";
import type { Example, ShownExamples, UsedExample } from "../entity/example.ts";
import { showing, unreadOf, type Wanted } from "../entity/readFor.ts";
import type { ExampleBank, FewShotSettings, RankedExample } from "../examplePort.ts";
import { chooseExamples } from "./chooseExamples.ts";

/** Candidates asked of the bank for each example wanted: some are near-duplicates or too long. */
const SPARE = 5;
/** Passages of a note that are looked up, at most; a longer note is sampled evenly. */
const MOST_PASSAGES = 24;

/** What a prompt leaves to examples. */
export type ExampleRoom = {
  readonly budgetTokens: number;
  cost(example: Example): number;
};

/** Chooses examples for one note and remembers what was shown. */
export type ExampleSelector = {
  /** In the order of the prompt. @param passages what they should be like: a window, or all of a note's */
  choose(passages: readonly string[]): Promise<readonly Example[]>;
  shown(): ShownExamples;
};

/**
 * @param sentences of the note: by them it is recognised in the bank under another name
 * @throws NG-EMBEDDER from `choose`
 */
export function exampleSelector(
  { bank, ...few }: FewShotSettings,
  document: Pick<NoteDocument, "id" | "name" | "language">,
  sentences: readonly string[],
  wanted: Wanted,
  room: ExampleRoom,
): ExampleSelector {
  const { types } = wanted;
  const isShown = showing(bank, wanted);
  const mayShow = ({ readFor }: Example): boolean => isShown(readFor);
  const excludedSources = new Set([...few.excludedSources, ...ownSources(bank, document, sentences)]);
  const excludedIds = new Set(few.banned);
  const pinned = bank
    .find(few.pinned)
    .filter((one) => !excludedIds.has(one.id) && !excludedSources.has(one.source) && mayShow(one))
    .map((example): RankedExample => ({ example, similarity: null }));
  const costs = new Map<string, number>();
  const cost = ({ example }: RankedExample): number => {
    const known = costs.get(example.id) ?? room.cost(example);
    costs.set(example.id, known);
    return known;
  };
  const unread = unreadOf(bank, wanted);
  const used = new Map<string, UsedExample>();
  const leftOut = new Set<string>();
  const nearDuplicates = new Set<string>();
  let shortened = 0;

  return {
    async choose(passages) {
      const best = new Map<string, RankedExample>();
      // What is drawn does not depend on the text.
      const asked = few.select === "random" ? [""] : sample(passages);
      for (const text of asked) {
        const ranked = await bank.rank({
          text,
          language: document.language,
          select: few.select,
          seed: few.seed,
          limit: few.examples * SPARE,
          types,
          excludedSources,
          excludedIds,
          mayShow,
        });
        for (const one of ranked) {
          const known = best.get(one.example.id);
          if (!known || (one.similarity ?? 0) > (known.similarity ?? 0)) best.set(one.example.id, one);
        }
      }
      const choice = chooseExamples({
        candidates: [...best.values()].toSorted((a, b) => (b.similarity ?? 0) - (a.similarity ?? 0)),
        pinned,
        examples: few.examples,
        budgetTokens: room.budgetTokens,
        cost,
        types,
      });
      if (choice.leftOut.length > 0) shortened += 1;
      for (const { example } of choice.leftOut) leftOut.add(example.id);
      for (const { example } of choice.nearDuplicates) nearDuplicates.add(example.id);
      for (const { example, similarity } of choice.chosen) {
        const { id, source } = example;
        const before = used.get(id)?.similarity ?? null;
        used.set(id, {
          id,
          source,
          similarity: similarity === null ? before : Math.max(before ?? 0, similarity),
        });
      }
      return choice.chosen.map(({ example }) => example);
    },

    shown: () => ({
      used: [...used.values()]
        .map((one) => ({
          ...one,
          similarity: one.similarity === null ? null : Math.round(one.similarity * 10_000) / 10_000,
        }))
        .toSorted((a, b) => (b.similarity ?? 2) - (a.similarity ?? 2) || (a.id < b.id ? -1 : 1)),
      budgetTokens: room.budgetTokens,
      askedTokens: few.budgetTokens,
      shortened,
      leftOut: leftOut.size,
      nearDuplicates: nearDuplicates.size,
      missingTypes: types.filter((type) => !bank.types.has(type)),
      unread: unread.examples,
      unreadTypes: unread.types,
    }),
  };
}

/** The names under which the note itself may lie in the bank. */
function ownSources(
  bank: ExampleBank,
  { id, name }: Pick<NoteDocument, "id" | "name">,
  sentences: readonly string[],
): string[] {
  const file = name.split("/").at(-1) ?? name;
  const hits = new Map<string, number>();
  const telling = [...new Set(sentences)].filter(({ length }) => length >= TELLING);
  for (const source of telling.flatMap((sentence) => bank.sourcesOf(sentence))) {
    hits.set(source, (hits.get(source) ?? 0) + 1);
  }
  const repeated = [...hits].filter(([, count]) => count >= 2 || count === telling.length);
  return [id, name, file, file.replace(/\.[^.]*$/, ""), ...repeated.map(([source]) => source)];
}

/** Characters from which on a sentence tells a note from others; shorter ones stand in many. */
const TELLING = 40;

function sample(passages: readonly string[]): string[] {
  if (passages.length <= MOST_PASSAGES) return [...passages];
  return Array.from(
    { length: MOST_PASSAGES },
    (_, i) => passages[Math.floor((i * passages.length) / MOST_PASSAGES)] as string,
  );
}
