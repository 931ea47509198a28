import { bareView, splitPieces } from "../document/pieces.ts";
import { NotegrainError } from "../errors.ts";
import type { GroundedProfile, InferencePort, TagSurface, TokenId } from "../ports.ts";
import { unfit } from "./chatPrompt.ts";
import type { PromptSettings } from "./promptSettings.ts";
import { definitionOf } from "./template.ts";

/** Version of the sequence; `training/`, episodes.py, describes it. */
export const EPISODES = "episodes@1";

/** How one prompt begins for a model whose opening tags have no meaning of their own. */
export type EpisodeOpening = {
  /** The types in words, each after the tag that stands for it. */
  readonly opening: readonly TokenId[];
  readonly surface: TagSurface;
  /** What of the settings shapes it. */
  readonly identity: string;
};

/**
 * Gives the types the slots 1, 2, 3 … in their order and says so in words: with definitions, or where an adapter
 * learned the types, in its order and by their names alone, as it was taught.
 * @throws NG-TYPES where there are more types than slots or the adapter lacks one; NG-MODEL-UNFIT where `tuned` is
 * wanted and no adapter of this kind is in use
 */
export function episodeOpening(
  model: InferencePort,
  profile: GroundedProfile,
  slots: readonly TokenId[],
  settings: PromptSettings,
): EpisodeOpening {
  const isTuned = settings.paradigm === "tuned";
  const told = isTuned ? taughtTypes(model) : settings.types;
  if (told.length > slots.length) {
    throw new NotegrainError("NG-TYPES", {
      detail: "TYPE-SLOTS",
      slots: slots.length,
      wanted: told.length,
    });
  }
  const words = told.map((name) => {
    const shown = name.replaceAll("_", " ");
    return isTuned ? shown : `${shown}: ${definitionOf(name, settings.language ?? "en", settings)}`;
  });
  const openOf = (type: string): TokenId => {
    const slot = slots[told.indexOf(type)];
    if (slot !== undefined && told.includes(type)) return slot;
    throw new NotegrainError("NG-TYPES", { detail: "TYPE-UNTAUGHT-ADAPTER", type });
  };
  return {
    opening: [
      profile.bos,
      ...words.flatMap((text, i) => [
        slots[i] ?? profile.bos,
        ...splitPieces(text).flatMap((piece, at) => model.tokenize(at === 0 ? bareView(piece) : piece.view)),
      ]),
      profile.eos,
    ],
    surface: {
      end: profile.eos,
      close: profile.close,
      open: settings.types.map((type) => ({ type, tokens: [openOf(type)] })),
    },
    identity: JSON.stringify([EPISODES, ...words]),
  };
}

function taughtTypes(model: InferencePort): readonly string[] {
  const { teaching } = model.facts;
  if (teaching?.prompt === EPISODES) return teaching.types;
  throw unfit(model, "MODEL-NOT-TUNED-SLOTS");
}
