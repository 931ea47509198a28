import type { Entity } from "#core/entity/entity.ts";

/** How many entities there are of each type, section ("" for none) and status. */
export function countEntities(entities: readonly Entity[]) {
  return {
    types: count(entities, (entity) => entity.type),
    sections: count(entities, (entity) => entity.section ?? ""),
    statuses: count(entities, (entity) => entity.status),
  };
}

function count(entities: readonly Entity[], keyOf: (entity: Entity) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const entity of entities) counts.set(keyOf(entity), (counts.get(keyOf(entity)) ?? 0) + 1);
  return counts;
}
