import type { InferencePort } from "#core/ports.ts";
import type { Gate } from "./gate.ts";

/**
 * The same model, which stops before its next evaluation while the gate is closed: a note can wait half-read.
 * `signal` lets a note that waits be called off.
 */
export function pausable(port: InferencePort, gate: Gate, signal: AbortSignal): InferencePort {
  return {
    ...port,
    async openSequence() {
      const sequence = await port.openSequence();
      return {
        get tokens() {
          return sequence.tokens;
        },
        async evaluate(tokens, wanted) {
          await gate.pass(signal);
          return sequence.evaluate(tokens, wanted, signal);
        },
        async mostLikelyNext(tokens) {
          await gate.pass(signal);
          return sequence.mostLikelyNext(tokens, signal);
        },
        truncate: (length) => sequence.truncate(length),
        dispose: () => sequence.dispose(),
      };
    },
  };
}
