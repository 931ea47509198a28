import type { IncomingMessage } from "node:http";
import { describeError } from "#contract/errors.ts";

/** The page of a 403: says what happened and what to do, in the language that the browser prefers. */
export function refusal(request: IncomingMessage): string {
  const language = /^\s*zh/i.test(request.headers["accept-language"] ?? "") ? "zh" : "en";
  const { what, next } = describeError({ code: "NG-PAGE-REFUSED", params: {} }, language);
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Notegrain</title><h1>${what}</h1><p>${next}</p></html>\n`;
}
