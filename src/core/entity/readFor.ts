import type { PlainError } from "../errors.ts";
import type { Example } from "./example.ts";
import type { OutputFormat } from "./extraction.ts";

/** Examples that were read for the same types and no others. */
export type ReadGroup = { readonly types: readonly string[]; readonly examples: number };

/** A bank, as far as this is about it. */
type ReadBank = { readonly name: string; readonly size: number; readonly readGroups: readonly ReadGroup[] };

/** What is asked of a model, as far as it decides which examples can be shown. */
export type Wanted = { readonly types: readonly string[]; readonly outputFormat: OutputFormat };

/** How many examples were not read for what is wanted, and the wanted types that these were not read for. */
export type Unread = { readonly examples: number; readonly types: readonly string[] };

/** The examples that were not read for every type, by the types that they were read for; the largest group first. */
export function readGroups(examples: readonly Pick<Example, "readFor">[]): ReadGroup[] {
  const groups = new Map<string, { types: readonly string[]; examples: number }>();
  for (const { readFor } of examples) {
    if (readFor === undefined) continue;
    const key = JSON.stringify(readFor.toSorted());
    const known = groups.get(key);
    if (known) known.examples += 1;
    else groups.set(key, { types: readFor, examples: 1 });
  }
  return [...groups.values()].toSorted((a, b) => b.examples - a.examples);
}

/**
 * Whether an example may be shown beside others. Where it was not read for a wanted type, that nothing of it is marked says
 * nothing, and would be learned as if there were nothing. In brackets the answer has a line for each type, and the
 * lines of types that it was not read for are left out; the other formats have one answer for all types.
 */
export function isShowable(readFor: readonly string[] | undefined, { types, outputFormat }: Wanted): boolean {
  if (readFor === undefined) return true;
  const isRead = (type: string) => readFor.includes(type);
  return outputFormat === "brackets" ? types.some(isRead) : types.every(isRead);
}

/** The examples of a bank that cannot be shown beside others. */
export function unreadOf({ readGroups: groups }: Pick<ReadBank, "readGroups">, wanted: Wanted): Unread {
  const hidden = groups.filter((group) => !isShowable(group.types, wanted));
  return {
    examples: hidden.reduce((sum, group) => sum + group.examples, 0),
    types: wanted.types.filter((type) => hidden.some((group) => !group.types.includes(type))),
  };
}

/** The same as a notice; null where all can be shown. */
export function unreadFault(bank: ReadBank, wanted: Wanted): PlainError | null {
  const { examples: count, types } = unreadOf(bank, wanted);
  if (count === 0) return null;
  const { name, size } = bank;
  return { code: "NG-UNREAD", params: { name, count, size, types: types.join(", ") } };
}

/**
 * Which examples of a bank are shown: those that may be, and where none may, all of them, for what they mark still
 * teaches more than no example does. Brackets of types that nothing was read for would have no line to show.
 */
export function showing(
  bank: Pick<ReadBank, "size" | "readGroups">,
  wanted: Wanted,
): (readFor: readonly string[] | undefined) => boolean {
  const isNoneShowable = unreadOf(bank, wanted).examples === bank.size;
  return isNoneShowable && wanted.outputFormat !== "brackets"
    ? () => true
    : (readFor) => isShowable(readFor, wanted);
}
