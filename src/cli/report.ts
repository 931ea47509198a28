import { describeError, exitCode, type PlainError, toPlainError } from "#contract/errors.ts";
import { type Extraction, summariseReplies } from "#host/useCases.ts";

/** An error as two short sentences, with its code: never note text, never a stack trace. */
export function errorLine(error: PlainError, about = ""): string {
  const { what, next } = describeError(error);
  return `${about}${about ? ": " : ""}${what} ${next} [${error.code}]`;
}

/** What went wrong in a run's free replies, in numbers, a line each; none where nothing did, or none was asked for. */
export function replyNotices({ replies = [] }: Pick<Extraction, "replies">, about: string): string[] {
  const sum = summariseReplies(replies);
  const parts = [
    [sum.unreadable, "without a list"],
    [sum.repaired - sum.unreadable, "repaired"],
  ] as const;
  const spoiled = parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  const dropped = [
    [sum.ungrounded, "not in the note"],
    [sum.unknownTypes, "of other types"],
  ] as const;
  const lost = dropped.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  const cut: PlainError = { code: "NG-REPLY-CUT", params: { cut: sum.cutOff, replies: sum.replies } };
  const told = [
    ...(spoiled.length > 0
      ? [`of ${sum.replies} replies ${spoiled.join(", ")}; what could be read is kept`]
      : []),
    ...(lost.length > 0 ? [`mentions dropped: ${lost.join(", ")}`] : []),
  ];
  return [
    ...(sum.cutOff > 0 ? [errorLine(cut, about)] : []),
    ...(told.length > 0 ? [`${about}: ${told.join("; ")}`] : []),
  ];
}

/** What kept a prompt from showing all the examples that were asked for, a line each. */
export function exampleNotices({ examples }: Pick<Extraction, "examples">, about: string): string[] {
  if (!examples) return [];
  const { budgetTokens, shortened, leftOut, nearDuplicates, missingTypes } = examples;
  return [
    ...(shortened > 0
      ? [
          `${about}: in ${shortened} prompts examples were left out (${leftOut} in all), since they have room for ${budgetTokens} tokens`,
        ]
      : []),
    ...(nearDuplicates > 0
      ? [`${about}: ${nearDuplicates} examples were passed over, since better ones say almost the same`]
      : []),
    ...(missingTypes.length > 0 ? [`${about}: the bank shows no ${missingTypes.join(", ")}`] : []),
  ];
}

/** Prints what ended a command and returns its exit code; the stack only where NOTEGRAIN_DEBUG=1 asks for it. */
export function reportFatal(thrown: unknown, write: (line: string) => void): number {
  const error = toPlainError(thrown);
  write(errorLine(error));
  if (process.env.NOTEGRAIN_DEBUG === "1" && thrown instanceof Error) write(thrown.stack ?? "");
  return exitCode(error);
}
