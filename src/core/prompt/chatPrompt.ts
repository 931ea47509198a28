import template from "#resources/prompts/zero-shot.json" with { type: "json" };
import { entityType } from "../entity/entityTypes.ts";
import { NotegrainError } from "../errors.ts";
import type { InferencePort, TokenId } from "../ports.ts";

/** Ends a turn of LLaMA 3 Instruct, and with it the output. */
export const END_OF_TURN = "<|eot_id|>";

/** A prompt around the source: what stands before its tokens and what after. */
export type ChatPrompt = {
  readonly before: readonly TokenId[];
  readonly after: readonly TokenId[];
  /** Version of the template, its words and the types as they stand in it: what a hash has to cover. */
  readonly identity: string;
};

/**
 * The zero-shot prompt in the chat format of LLaMA 3 Instruct. The note comes last, so that everything before
 * it is the same for all windows and stays in the cache.
 * @throws NG-MODEL-UNFIT where the model lacks a token of that format
 */
export function chatPrompt(
  model: Pick<InferencePort, "tokenize" | "specialToken" | "facts">,
  types: readonly string[],
): ChatPrompt {
  const special = (name: string): TokenId => {
    const token = model.specialToken(name);
    if (token !== null) return token;
    throw new NotegrainError("NG-MODEL-UNFIT", { name: model.facts.name, reason: `it has no token ${name}` });
  };
  const header = (role: string): TokenId[] => [
    special("<|start_header_id|>"),
    ...model.tokenize(role),
    special("<|end_header_id|>"),
    ...model.tokenize("\n\n"),
  ];
  const lines = types.map((name) =>
    template.type
      .replace("{name}", () => name)
      .replace("{definition}", () => entityType(name)?.definition ?? name),
  );
  const system = template.system.replace("{types}", () => lines.join("\n"));
  return {
    before: [
      special("<|begin_of_text|>"),
      ...header("system"),
      ...model.tokenize(system),
      special(END_OF_TURN),
      ...header("user"),
      ...model.tokenize(template.user),
    ],
    after: [special(END_OF_TURN), ...header("assistant")],
    identity: JSON.stringify([template.version, system, template.user]),
  };
}
