import { NotegrainError } from "#core/errors.ts";

/** What a code means for the store; any but NG-… is the reason given with NG-STORE. Extended codes begin with these. */
const MEANING: readonly (readonly [code: string, meaning: string])[] = [
  ["SQLITE_BUSY", "NG-STORE-LOCKED"],
  ["SQLITE_LOCKED", "NG-STORE-LOCKED"],
  ["SQLITE_FULL", "NG-STORE-FULL"],
  ["ENOSPC", "NG-STORE-FULL"],
  ["EDQUOT", "NG-STORE-FULL"],
  ["SQLITE_NOTADB", "NG-STORE-DAMAGED"],
  ["SQLITE_CORRUPT", "NG-STORE-DAMAGED"],
  ["SQLITE_READONLY", "STORE-UNWRITABLE"],
  ["SQLITE_PERM", "STORE-UNWRITABLE"],
  ["EACCES", "STORE-UNWRITABLE"],
  ["EPERM", "STORE-UNWRITABLE"],
  ["EROFS", "STORE-UNWRITABLE"],
  ["ENOENT", "STORE-NO-FOLDER"],
  ["ENOTDIR", "STORE-NO-FOLDER"],
  ["EISDIR", "EISDIR"],
  ["SQLITE_CANTOPEN", "STORE-UNOPENED"],
  ["SQLITE_IOERR", "EIO"],
];

/**
 * The coded error for whatever SQLite or the file system threw. `name` is the file name of the store, without
 * folders. Their own words are left out, since they may quote values and paths; the cause keeps them for
 * debugging. Errors of ours pass through.
 */
export function classifyStoreError(thrown: unknown, name: string): NotegrainError {
  if (thrown instanceof NotegrainError) return thrown;
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : kind;
  const meaning = MEANING.find(([known]) => code === known || code.startsWith(`${known}_`))?.[1] ?? code;
  switch (meaning) {
    case "NG-STORE-LOCKED":
    case "NG-STORE-FULL":
    case "NG-STORE-DAMAGED":
      return new NotegrainError(meaning, { name }, { cause: thrown });
    default:
      return new NotegrainError("NG-STORE", { name, reason: meaning }, { cause: thrown });
  }
}
