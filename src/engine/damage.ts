import type { ErrorParams, ReasonCode } from "#core/errors.ts";

/** What is wrong with a file, whatever it is used with: a code and what fills its words. */
export type Damage = { readonly reason: ReasonCode } & ErrorParams;
