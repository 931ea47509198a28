import type { TokenId } from "../ports.ts";
import { choose } from "./choose.ts";
import { correctPlan, emptyPlan, writeDraft } from "./plan.ts";
import type { Reading } from "./reading.ts";
import { allowedNext } from "./state.ts";

/** Tokens of the first draft. */
const FIRST_WIDTH = 64;
/** Limits of later ones. */
const WIDTHS = { least: 16, most: 256 };

/**
 * Many positions in one batch. The draft is the rest of the source with the tags that the model chose in
 * the last batch after its first difference; each position is evaluated as if all before it were right, and
 * is settled up to the first where the model chooses otherwise. So the result is that of `decodePlain`.
 */
export async function decodeParallel(reading: Reading): Promise<void> {
  const { grammar, writer, settings } = reading;
  const plan = emptyPlan();
  let pending: readonly TokenId[] = reading.prompt;
  let width = FIRST_WIDTH;
  while (!writer.state.ended) {
    const draft = writeDraft(grammar, plan, writer.state, width);
    const before = pending.length - 1;
    const logits = await reading.evaluate(
      [...pending, ...draft.tokens],
      [
        ...Array.from({ length: before }, () => null),
        ...draft.allowed.map(({ tokens }) => (tokens.length > 1 ? tokens : null)),
      ],
    );
    const choices = draft.allowed.map((allowed, i) => choose(allowed, logits[before + i] ?? null, settings));
    let settled = 0;
    for (const choice of choices) {
      writer.write(choice);
      settled += 1;
      if (choice.token !== draft.tokens[settled - 1]) break;
    }
    for (let i = settled; i < choices.length; i++) {
      correctPlan(grammar, plan, draft.states[i]!, draft.tokens[i], choices[i]!.token);
    }
    await reading.forget(draft.tokens.length - (settled - 1));
    pending = [choices[settled - 1]!.token, ...forced(reading)];
    width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, 4 * settled));
  }
}

/** Settles what needs no choice, and so no evaluation before it. */
function forced({ grammar, writer }: Reading): TokenId[] {
  const tokens: TokenId[] = [];
  while (!writer.state.ended) {
    const allowed = allowedNext(grammar, writer.state);
    if (allowed.tokens.length > 1) break;
    const decision = choose(allowed, null, { openBias: 0, temperature: 1 });
    writer.write(decision);
    tokens.push(decision.token);
  }
  return tokens;
}
