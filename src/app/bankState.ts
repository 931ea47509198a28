import type { BankState } from "#contract/examples.ts";
import { typeNames } from "#core/entity/entityTypes.ts";
import { type ReadGroup, readGroups } from "#core/entity/readFor.ts";
import type { ExampleStore, StoredExample } from "#core/exampleStore.ts";
import type { UnfitExample } from "#core/examples/checkExamples.ts";
import { foreignLabels, type LabelCount } from "#core/examples/labels.ts";
import { type FewShot, needsEncoder } from "./fewShot.ts";
import type { AppContext } from "./handlers.ts";
import { checkInTurn } from "./inTurn.ts";
import { readSettings } from "./settings.ts";

/** Unfit examples that a list names; their number is told in full. */
export const MOST_LISTED = 100;

type Checked = {
  readonly good: number;
  readonly unfit: readonly UnfitExample<StoredExample>[];
  /** At all marks, the most frequent first. */
  readonly labels: readonly LabelCount[];
  readonly groups: readonly ReadGroup[];
};

/** Answers what is wrong with the bank. Its examples are checked once for each change of them. */
export function bankStateOf({ store }: AppContext, fewShot: FewShot): () => Promise<BankState> {
  let last: { readonly version: number; readonly checked: Promise<Checked> } | null = null;

  return async () => {
    const version = store.examplesVersion();
    if (last?.version !== version) last = { version, checked: checkAll(store) };
    const { good, unfit, labels, groups } = await last.checked;
    const { select, ownTypes } = readSettings(store);
    const known = typeNames(ownTypes);
    return {
      unfitTotal: unfit.length,
      unfit: unfit.slice(0, MOST_LISTED),
      foreignLabels: labels.filter(({ label }) => !known.has(label)),
      readGroups: groups.filter(({ types }) => [...known].some((name) => !types.includes(name))),
      vectors: good > 0 && needsEncoder(select) ? await fewShot.vectors(good) : null,
    };
  };
}

async function checkAll(store: ExampleStore): Promise<Checked> {
  const stored = store.allExamples();
  const { unfit } = await checkInTurn(stored);
  return {
    good: stored.length - unfit.length,
    unfit,
    labels: foreignLabels(stored, new Set()),
    groups: readGroups(stored),
  };
}
