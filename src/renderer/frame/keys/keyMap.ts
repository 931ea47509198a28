/** An action that a key starts. Rooms list theirs in a `keys.ts` that exports `keys`. */
export type KeyDefinition = {
  /** Stable name under which a remapping is stored, such as "review.accept". */
  readonly id: string;
  /** Default chord ("a", "Alt+[", "Mod+k") or sequence of two ("g c"). */
  readonly key: string;
  /** More keys that always work and cannot be changed, such as arrow keys. */
  readonly also?: readonly string[];
  /** Heading in the help overlay: a key under "app:keyGroups.". */
  readonly group: KeyGroup;
  /** Text key of what it does, such as "review:keys.accept". */
  readonly label: string;
  /** Works while the user types in a field; only for chords with Mod and for Escape-like keys. */
  readonly whileTyping?: boolean;
};

export const keyGroups = ["go", "app", "cases", "note", "review", "filters"] as const;
export type KeyGroup = (typeof keyGroups)[number];

/** What a definition is bound to now: the user's own key if there is one, and the fixed ones. */
export function keysOf(definition: KeyDefinition, own: Readonly<Record<string, string>>): readonly string[] {
  return [own[definition.id] ?? definition.key, ...(definition.also ?? [])];
}

/**
 * The action that would stand in the way if `id` got `key`: the same key, or one is the start of the
 * other ("g" would swallow "g c"). Undefined where the key is free.
 */
export function clashOf(
  definitions: readonly KeyDefinition[],
  own: Readonly<Record<string, string>>,
  id: string,
  key: string,
): KeyDefinition | undefined {
  return definitions.find(
    (other) => other.id !== id && keysOf(other, own).some((taken) => overlaps(taken, key)),
  );
}

function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

/** What a key press means: an action to run, the start of a sequence, or nothing. */
export type Match<Action> =
  | { readonly kind: "run"; readonly action: Action }
  | { readonly kind: "wait" | "none" };

/** Milliseconds within which the second key of a sequence must follow. */
export const sequenceMilliseconds = 1500;

/** Matches chord after chord against the keys in force; `now` is in milliseconds. */
export function createMatcher<Action>(): (
  chord: string,
  bound: ReadonlyMap<string, Action>,
  now: number,
) => Match<Action> {
  let first: { chord: string; at: number } | null = null;
  return (chord, bound, now) => {
    const started = first !== null && now - first.at <= sequenceMilliseconds ? first.chord : null;
    first = null;
    const action = started === null ? undefined : bound.get(`${started} ${chord}`);
    if (action !== undefined) return { kind: "run", action };
    const alone = bound.get(chord);
    if (alone !== undefined) return { kind: "run", action: alone };
    for (const keys of bound.keys()) {
      if (keys.startsWith(`${chord} `)) {
        first = { chord, at: now };
        return { kind: "wait" };
      }
    }
    return { kind: "none" };
  };
}
