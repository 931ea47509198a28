import { NotegrainError } from "#core/errors.ts";
import type { Clock } from "#core/ports.ts";
import type { Statements } from "./statements.ts";

/** What the parts of the store share. */
export type StoreContext = { readonly sql: Statements; readonly clock: Clock };

/** The time of a change, as it is kept. */
export function timestamp({ clock }: StoreContext): string {
  return clock.now().toISOString();
}

/** `value`, where there is one. @throws NG-NOT-FOUND */
export function present<Value>(value: Value | undefined, what: string, name: string | number): Value {
  if (value === undefined) throw new NotegrainError("NG-NOT-FOUND", { what, name });
  return value;
}
