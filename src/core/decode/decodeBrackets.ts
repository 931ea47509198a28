import type { TokenId } from "../ports.ts";
import { decodeWindow, type WindowRequest, type WindowResult } from "./decodeWindow.ts";
import { keepPrefix } from "./keepPrefix.ts";

export type BracketsRequest = Omit<WindowRequest, "surface" | "onMention"> & {
  /** The two brackets, and what ends the output. */
  readonly brackets: { readonly open: TokenId; readonly close: TokenId; readonly end: TokenId };
  /** For each wanted type the tokens with which its line begins. */
  readonly lines: readonly { readonly type: string; readonly tokens: readonly TokenId[] }[];
};

/**
 * Reads one window by symbolic tagging (Unified BioNER, arXiv 2510.08902), grounded: for each type one line, in
 * which the only choices are the source, `[` and `]`. A span of a type may lie inside another of it; two of them
 * never begin at the same place, as in all grounded output. Every line is asked for by itself after the same
 * prompt, so that what is found of one type does not depend on which others are wanted.
 * @throws as `decodeWindow`
 */
export async function decodeBrackets(
  request: BracketsRequest,
): Promise<Pick<WindowResult, "mentions"> & { readonly evaluatedTokens: number }> {
  const { brackets, lines, prefix, instructionTokens = 0, sharedTokens, sequence, signal } = request;
  const parts = { instructionTokens, marks: [sharedTokens, prefix.length] };
  let evaluatedTokens = await keepPrefix(sequence, prefix, parts, signal);
  const mentions: WindowResult["mentions"][number][] = [];
  for (const { type, tokens } of lines) {
    const line = await decodeWindow({
      ...request,
      prefix: [...prefix, ...tokens],
      instructionTokens: 0,
      sharedTokens: prefix.length,
      surface: {
        end: brackets.end,
        close: brackets.close,
        open: [{ type, tokens: [brackets.open] }],
      },
    });
    mentions.push(...line.mentions);
    evaluatedTokens += line.statistics.evaluatedTokens;
  }
  return { mentions, evaluatedTokens };
}
