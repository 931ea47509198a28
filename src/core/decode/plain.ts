import { choose } from "./choose.ts";
import type { Reading } from "./reading.ts";
import { allowedNext } from "./state.ts";

/**
 * Token by token: the definition as it stands, and the oracle of the parallel strategy. Every token of the
 * output is evaluated by itself, as a decoder without grounding has to.
 */
export async function decodePlain(reading: Reading): Promise<void> {
  const { grammar, writer, settings } = reading;
  let pending = reading.prompt;
  while (!writer.state.ended) {
    const allowed = allowedNext(grammar, writer.state);
    const wanted = pending.map(() => null as readonly number[] | null);
    if (allowed.tokens.length > 1) wanted[pending.length - 1] = allowed.tokens;
    const logits = await reading.evaluate(pending, wanted);
    const decision = choose(allowed, logits.at(-1) ?? null, settings);
    writer.write(decision);
    pending = [decision.token];
  }
}
