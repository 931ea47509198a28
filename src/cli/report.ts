import { describeError, exitCode, type PlainError, toPlainError } from "#contract/errors.ts";

/** An error as two short sentences, with its code: never note text, never a stack trace. */
export function errorLine(error: PlainError, about = ""): string {
  const { what, next } = describeError(error);
  return `${about}${about ? ": " : ""}${what} ${next} [${error.code}]`;
}

/** Prints what ended a command and returns its exit code; the stack only where NOTEGRAIN_DEBUG=1 asks for it. */
export function reportFatal(thrown: unknown, write: (line: string) => void): number {
  const error = toPlainError(thrown);
  write(errorLine(error));
  if (process.env.NOTEGRAIN_DEBUG === "1" && thrown instanceof Error) write(thrown.stack ?? "");
  return exitCode(error);
}
