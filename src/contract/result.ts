import type { PlainError } from "#core/errors.ts";

/** How every answer crosses from the backend: errors are plain data, since classes do not survive the way. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: PlainError };
