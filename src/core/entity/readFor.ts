import { NotegrainError, type PlainError } from "../errors.ts";
import type { Example } from "./example.ts";
import type { OutputFormat } from "./extraction.ts";

/** Examples that were read for the same types and no others. */
export type ReadGroup = { readonly types: readonly string[]; readonly examples: number };

/** A bank, as far as this is about it. */
type ReadBank = { readonly name: string; readonly size: number; readonly readGroups: readonly ReadGroup[] };

/** What is asked of a model, as far as it decides which examples can be shown. */
export type Wanted = { readonly types: readonly string[]; readonly outputFormat: OutputFormat };

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
 * Whether an example may be shown. Where it was not read for a wanted type, that nothing of it is marked says
 * nothing, and would be learned as if there were nothing. In brackets the answer has a line for each type, and the
 * lines of types that it was not read for are left out; the other formats have one answer for all types.
 */
export function isShowable(readFor: readonly string[] | undefined, { types, outputFormat }: Wanted): boolean {
  if (readFor === undefined) return true;
  const isRead = (type: string) => readFor.includes(type);
  return outputFormat === "brackets" ? types.some(isRead) : types.every(isRead);
}

/** How many examples of a bank cannot be shown so, and the wanted types that these were not read for. */
export function unreadOf(
  { readGroups: groups }: Pick<ReadBank, "readGroups">,
  wanted: Wanted,
): { readonly examples: number; readonly types: readonly string[] } {
  const hidden = groups.filter((group) => !isShowable(group.types, wanted));
  return {
    examples: hidden.reduce((sum, group) => sum + group.examples, 0),
    types: wanted.types.filter((type) => hidden.some((group) => !group.types.includes(type))),
  };
}

/** The same as an error; null where all can be shown. */
export function unreadFault(bank: ReadBank, wanted: Wanted): PlainError | null {
  const { examples: count, types } = unreadOf(bank, wanted);
  if (count === 0) return null;
  const { name, size } = bank;
  return { code: "NG-UNREAD", params: { name, count, size, types: types.join(", ") } };
}

/** That at least one example can be shown. @throws NG-UNREAD */
export function requireShowable(bank: ReadBank, wanted: Wanted): void {
  const fault = unreadFault(bank, wanted);
  if (fault?.params.count === bank.size) throw new NotegrainError(fault.code, fault.params);
}
