import type { Example } from "../entity/example.ts";
import { NotegrainError } from "../errors.ts";
import type { FewShotSettings, InferencePort, TokenId } from "../ports.ts";
import type { ChatPrompt } from "./chatPrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";

/** What a prompt leaves to examples. */
export type ExampleRoom = {
  /** Tokens that all of them together may take. */
  readonly budgetTokens: number;
  /** The tokens that one takes. */
  cost(example: Example): number;
  /**
   * Whether each window has examples of its own. Else a note's windows share theirs, and the cache keeps them from
   * one to the next.
   */
  readonly perWindow: boolean;
};

/** What stands before the source, and how much of it the cache keeps. */
export type PromptBeginning = {
  readonly tokens: readonly TokenId[];
  /**
   * Of the tokens, those that are the same for every note and hold nothing of one, nor of an example; 0 where that
   * is not worth a part of its own.
   */
  readonly instructionTokens: number;
  /** Of the tokens, those that other windows begin with too. */
  readonly sharedTokens: number;
};

/** The part of a prompt that holds examples. */
export type Shots = {
  /** Null in the paradigms without examples. */
  readonly room: ExampleRoom | null;
  before(examples: readonly Example[]): PromptBeginning;
  /** What of the settings shapes the answer. */
  readonly identity: string | null;
};

/** The share of a context, after what is always there, that examples may take at most. */
const LARGEST_SHARE = 1 / 2;

/**
 * Examples as turns of a chat: the user gives a text, the assistant answers. They stand between the instruction,
 * which all notes share, and the window, so that the cache keeps both for the next window.
 * @param fixed tokens of the prompt that do not depend on the window
 * @param turn the text of an example as the prompt has a window, and its answer
 */
export function chatShots(
  model: Pick<InferencePort, "facts">,
  chat: ChatPrompt,
  settings: PromptSettings,
  fixed: number,
  turn: (example: Example) => { readonly source: readonly TokenId[]; readonly answer: readonly TokenId[] },
): Shots {
  const instruction = chat.before.length - chat.ask.length;
  return shots(model, settings, fixed, {
    ownExamples: false,
    opening: chat.before.slice(0, instruction),
    closing: chat.ask,
    write(example) {
      const { source, answer } = turn(example);
      return [...chat.ask, ...source, ...chat.after, ...answer, chat.end];
    },
  });
}

/** Joins `opening`, the examples and `closing` into the beginning of a prompt. */
export function shots(
  model: Pick<InferencePort, "facts">,
  settings: PromptSettings,
  fixed: number,
  parts: {
    /** Whether each window has examples of its own. */
    readonly ownExamples: boolean;
    readonly opening: readonly TokenId[];
    readonly closing: readonly TokenId[];
    write(example: Example): readonly TokenId[];
  },
): Shots {
  const { opening, closing, ownExamples } = parts;
  const fewShot = settings.paradigm === "few" ? settings.fewShot : undefined;
  const written = new Map<string, readonly TokenId[]>();
  const write = (example: Example): readonly TokenId[] => {
    const tokens = written.get(example.id) ?? parts.write(example);
    written.set(example.id, tokens);
    return tokens;
  };
  const most = Math.max(0, Math.floor((model.facts.contextTokens - fixed) * LARGEST_SHARE));
  return {
    room: fewShot
      ? {
          budgetTokens: Math.min(fewShot.budgetTokens, most),
          cost: (example) => write(example).length,
          perWindow: ownExamples,
        }
      : null,
    before(examples) {
      const tokens = [...opening, ...examples.flatMap(write), ...closing];
      const isInstructed = opening.length > 1; // else it is the mark of the beginning alone
      const instruction = examples.length > 0 ? opening : tokens;
      return {
        tokens,
        instructionTokens: isInstructed ? instruction.length : 0,
        sharedTokens: examples.length > 0 || isInstructed ? tokens.length : 0,
      };
    },
    identity: fewShot ? fewShotIdentity(fewShot) : null,
  };
}

/** Everything about examples that shapes an answer; the note decides the rest. */
function fewShotIdentity({ bank, ...few }: FewShotSettings): string {
  return JSON.stringify([
    bank.identity,
    few.examples,
    few.select,
    few.budgetTokens,
    few.seed,
    few.excludedSources.toSorted(),
    few.pinned,
    few.banned.toSorted(),
  ]);
}

/** That examples are there where they are wanted. @throws NG-BANK */
export function requireBank({ paradigm, fewShot }: PromptSettings): void {
  if (paradigm !== "few") return;
  if (!fewShot) throw new NotegrainError("NG-BANK", { name: "–", reason: "BANK-NONE" });
  if (fewShot.bank.size === 0) {
    throw new NotegrainError("NG-BANK", { name: fewShot.bank.name, reason: "BANK-EMPTY" });
  }
}
