import { type Entity, isKept } from "../entity/entity.ts";

/**
 * What an export shows: entities that neither a person rejected nor a selector dropped, their links limited
 * to each other. Only JSON carries the rest, marked as such.
 */
export function keptEntities(entities: readonly Entity[]): Entity[] {
  const kept = entities.filter(isKept);
  const ids = new Set(kept.map((entity) => entity.id));
  return kept.map((entity) => ({
    ...entity,
    attributes: entity.attributes.filter((attribute) => ids.has(attribute.entity)),
  }));
}
