import catalogue from "#resources/errors.json" with { type: "json" };
import reasons from "#resources/reasons.json" with { type: "json" };
import type { Language } from "./document/noteDocument.ts";

/** The stable codes; resources/errors.json holds what happened, what to do next, and the exit code. */
export type ErrorCode = keyof typeof catalogue;

/** Why something happened, in resources/reasons.json; other values of the error fill its words. */
export type ReasonCode = keyof typeof reasons;

/**
 * Values for the placeholders of a message: names, sizes, reasons — never the text of a note. A `reason`, `detail`
 * or `what` that is a code of resources/reasons.json, such as ENOSPC, is told in words, which the other values fill.
 */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as plain data, to cross from process to process. */
export type PlainError = { readonly code: ErrorCode; readonly params: ErrorParams };

/** The one error class of the program: a code of the catalogue and what fills its placeholders. */
export class NotegrainError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(describeError({ code, params }).what, options);
    this.name = "NotegrainError";
    this.code = code;
    this.params = params;
  }
}

/** What happened and what to do next, in the reader's language. */
export function describeError(error: PlainError, language: Language = "en"): { what: string; next: string } {
  const [what = "", next = ""] = catalogue[error.code][language];
  const params = { ...error.params, ...inWords(error.params, language) };
  return { what: fill(what, params), next: fill(next, params) };
}

/** An error's reason alone, as words. */
export function describeReason({ params }: PlainError, language: Language = "en"): string {
  return String({ ...params, ...inWords(params, language) }.reason ?? "");
}

/** The exit code of a command that ended with this error. */
export function exitCode(error: PlainError): number {
  return catalogue[error.code].exit;
}

/** Any thrown value as plain data; what is not ours keeps only the name of its class, since its words may quote a note. */
export function toPlainError(thrown: unknown): PlainError {
  if (thrown instanceof NotegrainError) return { code: thrown.code, params: thrown.params };
  if (thrown instanceof Error && thrown.name === "AbortError") return { code: "NG-CANCELLED", params: {} };
  return { code: "NG-INTERNAL", params: { reason: thrown instanceof Error ? thrown.name : typeof thrown } };
}

/** The error that `toPlainError` made plain. */
export function fromPlainError(plain: PlainError): NotegrainError {
  return new NotegrainError(plain.code, plain.params);
}

/** Placeholders whose value may be a code. Others hold names, which a person chose. */
const CODED = ["reason", "detail", "what"] as const;

function inWords(params: ErrorParams, language: Language): ErrorParams {
  const words = CODED.flatMap((name) => {
    const code = params[name];
    if (typeof code !== "string" || !Object.hasOwn(reasons, code)) return [];
    return [[name, fill(reasons[code as keyof typeof reasons][language], params)]];
  });
  return Object.fromEntries(words);
}

function fill(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "?"));
}
