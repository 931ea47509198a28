import { NotegrainError } from "../errors.ts";
import type { GroundedProfile, TagSurface, TokenId } from "../ports.ts";
import { END_OF_TURN, type PromptModel, unfit } from "./chatPrompt.ts";

/**
 * Tags of a model of the project's own: one special token each.
 * @throws NG-TYPES where the model does not know a type
 */
export function profileSurface(profile: GroundedProfile, types: readonly string[]): TagSurface {
  const open = types.map((type) => {
    const token = profile.open.get(type);
    if (token === undefined) {
      throw new NotegrainError("NG-TYPES", { detail: "TYPE-UNTAUGHT", type });
    }
    return { type, tokens: [token] };
  });
  return { end: profile.eos, close: profile.close, open };
}

/**
 * Tags of a stock model, in plain text: `[Medication: aspirin]`. The bracket is the decision to open or
 * close; the name of the type follows through a trie. Brackets of the note never meet them: the model reads
 * (and copies) parentheses instead, see `withoutBrackets`.
 * @throws NG-MODEL-UNFIT where a bracket is not one token or the model has no end of turn; NG-TYPES where
 * a name could be mistaken for the beginning of another or holds a bracket
 */
export function textSurface(model: PromptModel, types: readonly string[]): TagSurface {
  const { end, close, open } = bracketTokens(model);
  return {
    end,
    close,
    open: types.map((type) => ({ type, tokens: [open, ...model.tokenize(`${plainName(type)}:`)] })),
  };
}

/**
 * The tokens of a bracket and of the end of the output.
 * @throws NG-MODEL-UNFIT where a bracket is not one token or the model has no end of turn
 */
export function bracketTokens(model: PromptModel): {
  readonly end: TokenId;
  readonly close: TokenId;
  readonly open: TokenId;
} {
  const [open, close] = ["[", "]"].map((bracket) => {
    const [token, ...rest] = model.tokenize(bracket);
    if (token === undefined || rest.length > 0) throw unfit(model, "MODEL-BRACKET");
    return token;
  }) as [TokenId, TokenId];
  const end = model.specialToken(END_OF_TURN);
  if (end === null) throw unfit(model, "MODEL-NO-TOKEN", { token: END_OF_TURN });
  return { end, close, open };
}

/**
 * The name of a type that can stand in plain text.
 * @throws NG-TYPES
 */
export function plainName(type: string): string {
  if (!/[[\]:]/.test(type)) return type;
  throw new NotegrainError("NG-TYPES", { detail: "TYPE-NAME-BRACKET", type });
}

/** The view of a piece under plain-text tags: a bracket of the note can then never be taken for a tag. */
export function withoutBrackets(view: string): string {
  return view.replaceAll("[", "(").replaceAll("]", ")");
}
