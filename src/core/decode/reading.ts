import type { DraftHabits, TokenId } from "../ports.ts";
import type { ChoiceSettings } from "./choose.ts";
import type { Grammar } from "./grammar.ts";
import type { Writer } from "./writer.ts";

/** What a strategy works with while it reads one window. */
export type Reading = {
  readonly grammar: Grammar;
  readonly writer: Writer;
  readonly settings: ChoiceSettings;
  /** Positions that cost as much as a call of the model itself. */
  readonly callCost: number;
  readonly habits: DraftHabits | null;
  /** The part of the prompt that the cache does not hold yet; at least its last token. */
  readonly prompt: readonly TokenId[];
  /** Appends to the cache and answers with the logits asked for; counts what it does. */
  evaluate(
    tokens: readonly TokenId[],
    wanted: readonly (readonly TokenId[] | null)[],
  ): Promise<(Float32Array | null)[]>;
  /** Takes the last `count` tokens out of the cache. */
  forget(count: number): Promise<void>;
};
