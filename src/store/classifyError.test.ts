import { expect, test } from "vitest";
import { NotegrainError } from "#core/errors.ts";
import { classifyStoreError } from "./classifyError.ts";

function failure(code: string): Error {
  return Object.assign(new Error("near 'chest pain': /home/somebody/cases.db"), { code });
}

test.each([
  ["SQLITE_BUSY", "NG-STORE-LOCKED"],
  ["SQLITE_BUSY_SNAPSHOT", "NG-STORE-LOCKED"],
  ["SQLITE_LOCKED_SHAREDCACHE", "NG-STORE-LOCKED"],
  ["SQLITE_FULL", "NG-STORE-FULL"],
  ["ENOSPC", "NG-STORE-FULL"],
  ["SQLITE_NOTADB", "NG-STORE-DAMAGED"],
  ["SQLITE_CORRUPT_VTAB", "NG-STORE-DAMAGED"],
])("%s is %s", (code, expected) => {
  const cause = failure(code);
  const error = classifyStoreError(cause, "cases.db");
  expect(error).toMatchObject({ code: expected, params: { name: "cases.db" }, cause });
});

test.each([
  ["SQLITE_READONLY_DIRECTORY", "STORE-UNWRITABLE"],
  ["EACCES", "STORE-UNWRITABLE"],
  ["EROFS", "STORE-UNWRITABLE"],
  ["ENOENT", "STORE-NO-FOLDER"],
  ["EISDIR", "EISDIR"],
  ["SQLITE_CANTOPEN_ISDIR", "STORE-UNOPENED"],
  ["SQLITE_IOERR_FSYNC", "EIO"],
  ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_UNIQUE"],
])("%s says: %s", (code, reason) => {
  expect(classifyStoreError(failure(code), "cases.db")).toMatchObject({
    code: "NG-STORE",
    params: { name: "cases.db", reason },
  });
});

test("no words of SQLite reach the message, since they may quote a note or a path", () => {
  for (const thrown of [failure("SQLITE_ERROR"), new TypeError("chest pain"), "chest pain", undefined]) {
    const { message } = classifyStoreError(thrown, "cases.db");
    expect(message).toContain("cases.db");
    expect(message).not.toMatch(/chest|home/);
  }
});

test("an error of ours passes through", () => {
  const error = new NotegrainError("NG-NOT-FOUND", { what: "case", name: 3 });
  expect(classifyStoreError(error, "cases.db")).toBe(error);
});
