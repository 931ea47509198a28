import type { GoldNote } from "#contract/evaluation.ts";
import { isKept } from "#core/entity/entity.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { isReviewed } from "#core/entity/reviewed.ts";
import { NotegrainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import type { StoredRun, StorePort } from "#core/storePort.ts";
import { ownTypesOf } from "./askedTypes.ts";

/** Notes that are listed at most. */
const MOST = 1000;

/** Reviewed notes, those changed last first. */
export function listReviewed(store: StorePort): readonly GoldNote[] {
  return store.reviewedDocuments(MOST).map((note) => ({ ...note, caseId: String(note.caseId) }));
}

/** Reviewed notes as gold, and the types that all of them were read for. */
export type ReviewedGold = {
  /** Named by the ids of the notes. */
  readonly gold: readonly GoldDocument[];
  readonly types: readonly string[];
  /** Those among the types that a user added. */
  readonly ownTypes: readonly OwnType[];
};

/**
 * The notes as a person left them: what was accepted, edited or added.
 * @throws NG-NOT-READ, NG-UNREVIEWED, NG-SCHEMA, NG-NOT-FOUND
 */
export function reviewedGold(store: StorePort, documentIds: readonly string[]): ReviewedGold {
  const runs: StoredRun[] = [];
  const gold = documentIds.map((documentId): GoldDocument => {
    const run = store.latestRun(documentId);
    if (!run) throw new NotegrainError("NG-NOT-READ", {});
    const { document, entities } = store.extraction(run.runId);
    if (!isReviewed(entities)) throw new NotegrainError("NG-UNREVIEWED", { name: document.name });
    runs.push(run);
    const { types: readFor } = run.plan;
    return { name: documentId, text: document.text, mentions: entities.filter(isKept), readFor };
  });
  const [first, ...others] = runs.map(({ plan }) => plan.types);
  const types = (first ?? []).filter((type) => others.every((list) => list.includes(type)));
  if (types.length === 0) throw new NotegrainError("NG-SCHEMA", {});
  const own = new Map(runs.flatMap(({ plan }) => ownTypesOf(plan)).map((type) => [type.name, type]));
  return { gold, types, ownTypes: types.flatMap((type) => own.get(type) ?? []) };
}
