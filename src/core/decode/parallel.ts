import type { TokenId } from "../ports.ts";
import { choose, type Decision } from "./choose.ts";
import { createDraftWidth } from "./draftWidth.ts";
import { type Draft, emptyPlan, takeAdvice, writeDraft } from "./plan.ts";
import type { Reading } from "./reading.ts";
import { allowedNext } from "./state.ts";

/**
 * Many positions in one batch. The draft is the rest of the source with the tags that the model chose in
 * the last batches after their first difference; each position is evaluated as if all before it were right,
 * and is settled up to the first where the model chooses otherwise. So the result is that of `decodePlain`.
 */
export async function decodeParallel(reading: Reading): Promise<void> {
  const { grammar, writer } = reading;
  const plan = emptyPlan(reading.habits);
  const width = createDraftWidth(reading.callCost);
  let pending: readonly TokenId[] = reading.prompt;
  while (!writer.state.ended) {
    const draft = writeDraft(grammar, plan, writer.state, width.current);
    const choices = await readDraft(reading, pending, draft);
    const right = choices.findIndex(({ token }, i) => token !== draft.tokens[i]);
    for (const choice of choices.slice(0, right + 1)) writer.write(choice);
    takeAdvice(grammar, plan, draft, choices, right + 1);
    await reading.forget(draft.tokens.length - right);
    pending = [...choices.slice(right, right + 1), ...settleForced(reading)].map(({ token }) => token);
    width.learn(right, right < draft.tokens.length);
  }
}

/** What the model chooses after `pending` and after each token of the draft: one choice more than tokens. */
async function readDraft(reading: Reading, pending: readonly TokenId[], draft: Draft): Promise<Decision[]> {
  const certain = pending.length - 1;
  const wanted = draft.allowed.map(({ tokens }) => (tokens.length > 1 ? tokens : null));
  const logits = await reading.evaluate(
    [...pending, ...draft.tokens],
    [...Array.from({ length: certain }, () => null), ...wanted],
  );
  return draft.allowed.map((allowed, i) => choose(allowed, logits[certain + i] ?? null, reading.settings));
}

/** Settles what leaves no choice, such as the rest of a piece or the end: it needs no evaluation before it. */
function settleForced({ grammar, writer, settings }: Reading): Decision[] {
  const forced: Decision[] = [];
  while (!writer.state.ended) {
    const allowed = allowedNext(grammar, writer.state);
    if (allowed.tokens.length > 1) break;
    const decision = choose(allowed, null, settings);
    writer.write(decision);
    forced.push(decision);
  }
  return forced;
}
