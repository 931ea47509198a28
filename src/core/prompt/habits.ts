import type { DraftHabits, HabitTables } from "../ports.ts";

/**
 * What the tables say of the types that are wanted.
 * @param modelTypes the types in the order of the tables
 */
export function habitsFor(
  tables: HabitTables,
  modelTypes: readonly string[],
  types: readonly string[],
): DraftHabits {
  const wanted = modelTypes.map((type) => types.indexOf(type));
  const rows = types.map((type) => tables.closeAfter[modelTypes.indexOf(type)] ?? []);
  return {
    opens: (next) => wanted[(tables.open[next] ?? 0) - 1] ?? -1,
    closes(type, pieces, next) {
      const row = rows[type] ?? [];
      const after = row[Math.min(pieces, row.length) - 1] ?? 0;
      return after + (tables.closeBefore[next] ?? 0) > 0;
    },
  };
}
