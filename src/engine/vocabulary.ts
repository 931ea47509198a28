import type { LlamaModel, Token } from "node-llama-cpp";
import type { TokenId } from "#core/ports.ts";

/** Different pieces of text whose tokens are remembered. */
const REMEMBERED_PIECES = 20_000;

/** The one special token that is written like this; null where the vocabulary has none. */
export function findSpecialToken(model: LlamaModel, name: string): TokenId | null {
  const [token, ...rest] = model.tokenize(name, true);
  return token !== undefined && rest.length === 0 && model.isSpecialToken(token) ? token : null;
}

/** The tokens of a piece of text; those of pieces that were asked for before are remembered. */
export function rememberTokens(
  tokenize: (text: string) => readonly Token[],
): (text: string) => readonly TokenId[] {
  const remembered = new Map<string, readonly TokenId[]>();
  return (text) => {
    const known = remembered.get(text);
    if (known) return known;
    if (remembered.size >= REMEMBERED_PIECES) remembered.clear();
    const tokens = tokenize(text);
    remembered.set(text, tokens);
    return tokens;
  };
}
