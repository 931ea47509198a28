import type { Damage } from "./damage.ts";
import type { Metadata } from "./ggufMetadata.ts";

/** Tokenizers that llama.cpp takes for none at all. */
const NO_TOKENIZER = ["no_vocab", "none"];

/**
 * What llama.cpp (0.5.0) would end the process over in a vocabulary: none at all, two tokens of the same words, or,
 * in one that spells unknown words by their bytes, a byte without a token. Null where there is nothing.
 * @param tokenizer the values below `tokenizer.ggml`
 */
export function vocabularyDamage({ model, tokens }: Metadata): Damage | null {
  if (typeof model === "string" && NO_TOKENIZER.includes(model)) return { reason: "MODEL-NO-VOCABULARY" };
  if (!Array.isArray(tokens) || tokens.length === 0) return null; // llama.cpp refuses it by itself
  const seen = new Set<unknown>();
  for (const [id, token] of tokens.entries()) {
    // llama.cpp names those without words by itself; those of broken UTF-8 look alike here alone.
    const isTold = token !== "" && !String(token).includes("\ufffd");
    if (isTold && seen.has(token)) return { reason: "MODEL-TOKEN-TWICE", id };
    seen.add(token);
  }
  if (model !== "llama") return null;
  for (let byte = 0; byte < 256; byte++) {
    const spelled = `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
    if (!seen.has(spelled) && !(byte < 128 && seen.has(String.fromCharCode(byte)))) {
      return { reason: "MODEL-NO-BYTE", token: spelled };
    }
  }
  return null;
}
