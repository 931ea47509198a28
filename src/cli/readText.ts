import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { NotegrainError } from "#contract/errors.ts";

/** A UTF-8 file that the program itself needs. @throws NG-READ */
export function readText(path: string): string {
  return readable(() => readFileSync(path, "utf8"), path);
}

/** What reading something of the file system gives. @throws NG-READ with the name of the file, never its path */
export function readable<Value>(read: () => Value, path: string): Value {
  try {
    return read();
  } catch (error) {
    throw new NotegrainError("NG-READ", {
      name: basename(path),
      reason: (error as NodeJS.ErrnoException).code ?? "unknown",
    });
  }
}
