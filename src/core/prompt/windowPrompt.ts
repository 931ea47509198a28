import type { Example } from "../entity/example.ts";
import type { TokenId } from "../ports.ts";
import type { ExampleRoom, PromptBeginning } from "./shots.ts";

/** How one model is asked for something, whatever the form of its answer. */
export type WindowPrompt = {
  /** The tokens of one piece as the model reads it. */
  tokensOf(view: string): readonly TokenId[];
  /** Null where the prompt takes no examples. */
  readonly room: ExampleRoom | null;
  /** What stands before the source. */
  before(examples: readonly Example[]): PromptBeginning;
  /** The prompt around the tokens of a window's pieces, up to where the output begins; examples come first. */
  prefix(source: readonly (readonly TokenId[])[], examples?: readonly Example[]): TokenId[];
  /** Source tokens that a window may hold. */
  readonly windowTokens: number;
  /** Everything that shapes the answer apart from model and note, for `promptSha256`. */
  readonly identity: string;
};
