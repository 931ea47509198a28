import { type Entity, isKept } from "./entity.ts";

/**
 * Whether a person decided on everything that was found. Only then is what stands the truth: what was merely
 * proposed is no gold, and leaving it out would teach omission. A note in which nothing was found tells nothing
 * of who looked at it.
 */
export function isReviewed(entities: readonly Entity[]): boolean {
  return entities.length > 0 && entities.filter(isKept).every(({ status }) => status !== "proposed");
}
