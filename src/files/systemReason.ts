/** Why the system refused, by its code, never with a path; `describeError` has the words for it. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? String(error.code) : error.name;
}
