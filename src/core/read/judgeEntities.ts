import type { Entity } from "../entity/entity.ts";
import { isAsked, type SelectorRule, type SelectorRun } from "../entity/selector.ts";
import type { InferencePort } from "../ports.ts";
import type { Judge, JudgeInput } from "./judge.ts";

/** Who judges the spans that were found, and by which rule. */
export type Judging = { readonly port: InferencePort; readonly rule: SelectorRule };

/** What a run keeps of its selector. */
export function selectorRun({ port, rule }: Judging): SelectorRun {
  return { sha256: port.facts.adapterSha256 ?? port.facts.sha256, ...rule };
}

/**
 * The entities with the selector's verdict on each that the rule asks about.
 * @throws as `Judge.ask`
 */
export async function judgeEntities(
  judge: Judge,
  rule: SelectorRule,
  note: Omit<JudgeInput<Entity>, "candidates"> & { readonly entities: readonly Entity[] },
): Promise<{ readonly entities: Entity[]; readonly evaluatedTokens: number }> {
  const { entities, ...rest } = note;
  const candidates = entities.filter(({ confidence }) => isAsked(rule, confidence));
  const { probabilities, evaluatedTokens } = await judge.ask({ ...rest, candidates });
  const judged = entities.map((entity) => {
    const exact = probabilities.get(entity);
    if (exact === undefined) return entity;
    const probability = Math.round(exact * 10_000) / 10_000;
    return { ...entity, selector: { probability, kept: probability >= rule.threshold } };
  });
  return { entities: judged, evaluatedTokens };
}
