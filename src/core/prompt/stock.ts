import { NotegrainError } from "../errors.ts";
import { type PromptModel, unfit } from "./chatPrompt.ts";
import { isTuned } from "./knownTypes.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { requireBank } from "./shots.ts";

/** Tags that may be open at the same time in a stock model's output. */
export const PLAIN_DEPTH = 3;
/** Source tokens that a stock model reads at a time, where its context allows: copying stays close by. */
const PLAIN_WINDOW = 256;

/**
 * That a stock model is asked for what one can do.
 * @throws NG-MODEL-UNFIT; NG-BANK where examples are wanted and there are none
 */
export function requireStock(model: Pick<PromptModel, "facts">, settings: PromptSettings): void {
  const { paradigm } = settings;
  if (model.facts.profile) throw unfit(model, "MODEL-GROUNDED-ONLY");
  if (paradigm === "tuned" && !isTuned(model.facts)) throw unfit(model, "MODEL-NOT-TUNED");
  requireBank(settings);
}

/**
 * The longest window, up to PLAIN_WINDOW, that fits beside the prompt together with its longest answer.
 * @param fixed tokens that do not depend on the window, @param perToken those that each token of it can need
 * @throws NG-CONTEXT where not even one token fits
 */
export function plainWindow(model: Pick<PromptModel, "facts">, fixed: number, perToken: number): number {
  return fittingWindow(model, PLAIN_WINDOW, fixed, perToken);
}

/** The longest window up to `wanted`. Otherwise as `plainWindow`. */
export function fittingWindow(
  model: Pick<PromptModel, "facts">,
  wanted: number,
  fixed: number,
  perToken: number,
): number {
  const { contextTokens } = model.facts;
  const window = Math.min(wanted, Math.floor((contextTokens - fixed) / perToken));
  if (window > 0) return window;
  throw new NotegrainError("NG-CONTEXT", { needed: fixed + perToken, available: contextTokens });
}
