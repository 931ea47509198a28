/**
 * Strict reading of rule files (resources/*.json): a misspelt key or an empty list is an error at start, not a
 * rule that silently never fires.
 */

/**
 * `value` as an object that has no key outside `allowed`.
 * @throws TypeError that names the place.
 */
export function checkObject(
  value: unknown,
  place: string,
  allowed: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${place} must be an object`);
  }
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) throw new TypeError(`${place} has an unknown key "${key}"`);
  }
  return value as Record<string, unknown>;
}

/**
 * `value` as a list of distinct, non-empty strings; an absent list is empty.
 * @throws TypeError that names the place.
 */
export function checkStrings(value: unknown, place: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`${place} must be a list`);
  const seen = new Set<string>();
  for (const item of value as unknown[]) {
    if (typeof item !== "string" || item.trim() === "") throw new TypeError(`${place} must hold words only`);
    if (seen.has(item)) throw new TypeError(`${place} names "${item}" twice`);
    seen.add(item);
  }
  return [...seen];
}

/**
 * `value` as one of `choices`.
 * @throws TypeError that names the place.
 */
export function checkChoice<Choice extends string>(
  value: unknown,
  place: string,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new TypeError(`${place} must be one of ${choices.join(", ")}`);
  return found;
}
