import { type LenientValue, readLenientJson } from "./lenientJson.ts";

/** What a reply lists, and how well it could be read. */
export type ReadReply = {
  /** In the order of the reply. */
  readonly mentions: readonly { readonly type: string; readonly text: string }[];
  /** Objects of a type that was not asked for. */
  readonly unknownTypes: number;
  /** It was no clean JSON list. */
  readonly isRepaired: boolean;
  /** It stops in the middle. */
  readonly isCutOff: boolean;
  /** It holds neither a list nor an object. */
  readonly isUnreadable: boolean;
};

const TYPE_KEYS = new Set(["type", "label", "category", "entitytype", "类型"]);
const TEXT_KEYS = new Set(["text", "entity", "mention", "span", "word", "words", "文本", "实体"]);

/**
 * Reads a reply that should be `[{"type", "text"}, …]`, whatever became of it. Types are matched but for case,
 * spaces, `_` and `-`; lists under the names of types (`{"Medication": ["aspirin"]}`) are understood too.
 */
export function readReply(reply: string, types: readonly string[]): ReadReply {
  const { values, isJson, isCutOff } = readLenientJson(reply);
  const byLikeness = new Map(types.map((type) => [likeness(type), type]));
  const mentions: { type: string; text: string }[] = [];
  let unknownTypes = 0;

  const take = (named: string, text: string): void => {
    const type = byLikeness.get(likeness(named));
    if (type === undefined) unknownTypes += 1;
    else if (text.trim() !== "") mentions.push({ type, text });
  };

  const walk = (value: LenientValue): void => {
    if (value === null || typeof value === "string") return;
    if (!("members" in value)) {
      for (const item of value) walk(item);
      return;
    }
    let type: string | null = null;
    let text: string | null = null;
    for (const [name, member] of value.members) {
      const key = likeness(name);
      if (typeof member === "string") {
        if (TYPE_KEYS.has(key)) type = member;
        else if (TEXT_KEYS.has(key)) text = member;
        else if (byLikeness.has(key)) take(key, member);
      } else if (byLikeness.has(key) && Array.isArray(member)) {
        for (const item of member) if (typeof item === "string") take(key, item);
      } else walk(member);
      if (type === null || text === null) continue;
      take(type, text);
      type = null;
      text = null;
    }
  };

  for (const value of values) walk(value);
  return {
    mentions,
    unknownTypes,
    isRepaired: !isJson,
    isCutOff,
    isUnreadable: values.length === 0,
  };
}

function likeness(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}
