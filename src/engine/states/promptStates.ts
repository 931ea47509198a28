import { createHash } from "node:crypto";
import type { LlamaContextSequence } from "node-llama-cpp";
import type { TokenId } from "#core/ports.ts";
import type { StateFolder } from "./stateFolder.ts";

/** Tokens from which on a prompt's state is worth a file: fewer are read about as soon. */
export const LEAST_TOKENS = 128;

/** What a model made of the instruction of its prompts, kept from one start of the program to the next. */
export type PromptStates = {
  /** Fills the empty cache with what was kept for just these tokens; false where nothing was. */
  restore(sequence: LlamaContextSequence, tokens: readonly TokenId[]): Promise<boolean>;
  /** Keeps what the cache holds, which is just these tokens, where that is worth a file. */
  keep(sequence: LlamaContextSequence, tokens: readonly TokenId[]): Promise<void>;
};

/**
 * @param made all that shapes the numbers in the cache beside the tokens: program, processor, weights, settings
 * @param bytesOf what the state of so many tokens takes
 */
export function promptStates(
  folder: StateFolder,
  made: readonly (string | number | boolean | null)[],
  bytesOf: (tokens: number) => number,
): PromptStates {
  const keyOf = (tokens: readonly TokenId[]): string =>
    createHash("sha256")
      .update(JSON.stringify([made, tokens]))
      .digest("hex")
      .slice(0, 32);
  return {
    async restore(sequence, tokens) {
      if (tokens.length < LEAST_TOKENS) return false;
      const path = await folder.find(keyOf(tokens));
      if (path === null) return false;
      try {
        // The risk is a state of another model: its key names the weights, and its bytes are those that were written.
        await sequence.loadStateFromFile(path, { acceptRisk: true });
        if (String(sequence.contextTokens) === String(tokens)) return true;
      } catch {
        // Not a state, or cut off before its hash was taken.
      }
      await sequence.clearHistory();
      await folder.discard(path);
      return false;
    },

    async keep(sequence, tokens) {
      if (tokens.length < LEAST_TOKENS || bytesOf(tokens.length) > folder.largest) return;
      await folder.keep(keyOf(tokens), (path) => sequence.saveStateToFile(path));
    },
  };
}
