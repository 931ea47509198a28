import { NotegrainError } from "#core/errors.ts";
import type { InferencePort, InferenceSequence, TokenId } from "#core/ports.ts";

const SPECIALS = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"];
/** Tokens from here on are code points. */
const FIRST_CHARACTER = 1000;
/** Tokens from here on are what was written freely. */
const FIRST_WRITTEN = 2_000_000;
/** Characters of such a token. */
const WRITTEN = 6;
const ANSWER = "<|start_header_id|>assistant<|end_header_id|>\n\n";

export type StockModel = InferencePort & {
  /** Every different prompt that was read, special tokens by name. */
  readonly prompts: readonly string[];
};

/**
 * A stand-in for a LLaMA 3 Instruct model. It reads single characters and writes a few at a time, as the script says.
 * @param answers what it would write after a prompt: it goes on with the one that begins as the output so far, and
 * with spaces without end where that one ends in "…"
 */
export function stockModel(
  answers: (prompt: string) => readonly string[],
  contextTokens = 100_000,
): StockModel {
  const prompts: string[] = [];
  const written: string[] = [];
  const spell = (tokens: readonly TokenId[]): string =>
    tokens
      .map(
        (token) =>
          SPECIALS[token] ?? written[token - FIRST_WRITTEN] ?? String.fromCodePoint(token - FIRST_CHARACTER),
      )
      .join("");

  /** What the script has next; nothing at its end. */
  const next = (tokens: readonly TokenId[]): string => {
    const all = spell(tokens);
    const begin = all.lastIndexOf(ANSWER) + ANSWER.length; // before it stand those of examples
    const [prompt, output] = [all.slice(0, begin), all.slice(begin)];
    if (!prompts.includes(prompt)) prompts.push(prompt);
    const script = answers(prompt)
      .map((answer) =>
        answer.endsWith("…") ? answer.slice(0, -1).padEnd(output.length + WRITTEN, " ") : answer,
      )
      .find((answer) => answer.startsWith(output));
    return script?.slice(output.length) ?? "";
  };

  const openSequence = async (): Promise<InferenceSequence> => {
    let tokens: TokenId[] = [];
    const append = (added: readonly TokenId[], signal?: { readonly aborted: boolean }): void => {
      if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
      const needed = tokens.length + added.length;
      if (needed > contextTokens)
        throw new NotegrainError("NG-CONTEXT", { needed, available: contextTokens });
      tokens = [...tokens, ...added];
    };
    return {
      get tokens() {
        return tokens;
      },
      async evaluate(added, wanted, signal) {
        const before = tokens.length;
        append(added, signal);
        return added.map((_, i) => {
          const candidates = wanted[i] ?? null;
          if (candidates === null) return null;
          const token = FIRST_CHARACTER + (next(tokens.slice(0, before + i + 1)).codePointAt(0) ?? -1);
          return Float32Array.from(candidates, (candidate) => (candidate === token ? 8 : 0));
        });
      },
      async mostLikelyNext(added, signal) {
        append(added, signal);
        const words = next(tokens).slice(0, WRITTEN);
        if (words === "") return SPECIALS.indexOf("<|eot_id|>");
        if (!written.includes(words)) written.push(words);
        return FIRST_WRITTEN + written.indexOf(words);
      },
      async truncate(length) {
        tokens = tokens.slice(0, length);
      },
      async dispose() {},
    };
  };

  return {
    prompts,
    facts: {
      name: "stock",
      fileName: "stock.gguf",
      sha256: "0".repeat(64),
      adapterSha256: null,
      contextTokens,
      callCost: 3,
      profile: null,
    },
    parallelism: 1,
    tokenize: (text) => Array.from(text, (character) => FIRST_CHARACTER + (character.codePointAt(0) ?? 0)),
    detokenize: (tokens) => spell(tokens.filter((token) => token >= FIRST_CHARACTER)),
    specialToken: (name) => (SPECIALS.includes(name) ? SPECIALS.indexOf(name) : null),
    openSequence,
    async dispose() {},
  };
}
