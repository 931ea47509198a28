import type { InferencePort } from "#core/ports.ts";

/** What a model has read so far. */
export type TokenCount = {
  /** Tokens that were evaluated, those of instructions included. */
  evaluated: number;
  /** Those of instructions alone, which are not evaluated where their state was kept. */
  instruction: number;
  /** Seconds of processor time for instructions, their files included. */
  instructionSeconds: number;
};

/** The model, and a count of what it reads from now on. */
export function countTokens(model: InferencePort): {
  readonly port: InferencePort;
  readonly count: TokenCount;
} {
  const count: TokenCount = { evaluated: 0, instruction: 0, instructionSeconds: 0 };
  const port: InferencePort = {
    ...model,
    async openSequence() {
      const sequence = await model.openSequence();
      const { readInstruction } = sequence;
      return {
        ...sequence,
        get tokens() {
          return sequence.tokens;
        },
        evaluate(tokens, ...rest) {
          count.evaluated += tokens.length;
          return sequence.evaluate(tokens, ...rest);
        },
        ...(readInstruction && {
          async readInstruction(tokens, signal) {
            const began = process.cpuUsage();
            const read = await readInstruction(tokens, signal);
            const { user, system } = process.cpuUsage(began);
            count.evaluated += read;
            count.instruction += read;
            count.instructionSeconds += (user + system) / 1e6;
            return read;
          },
        }),
      };
    },
  };
  return { port, count };
}
