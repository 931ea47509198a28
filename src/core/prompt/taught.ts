import brackets from "#resources/prompts/zero-shot.brackets.json" with { type: "json" };
import grounded from "#resources/prompts/zero-shot.grounded.json" with { type: "json" };
import json from "#resources/prompts/zero-shot.json.json" with { type: "json" };
import { entityType } from "../entity/entityTypes.ts";
import type { OutputFormat } from "../entity/extraction.ts";
import type { AdapterTeaching, ModelFacts } from "../ports.ts";
import { EPISODES } from "./ownEpisodes.ts";
import { promptWords } from "./template.ts";

const templates = { grounded, brackets, json };

/** The sequence of a model whose tags have types of their own. */
const OWN = "own@1";

/** The prompt that an adapter was taught with, and the one that would be used now. */
export type PromptDrift = {
  readonly taught: string;
  readonly now: string;
  /** The output format that it was taught. */
  readonly format: string;
};

/**
 * Whether an adapter would be asked in another way than it was taught: by another version, or by one whose words or
 * definitions have changed since. Null where it would not.
 * @param base a model of the project's own with or without slots, null for a stock model
 * @param hash SHA-256 (hex) of a string in UTF-8
 */
export function promptDrift(
  teaching: AdapterTeaching,
  base: { readonly hasSlots: boolean } | null,
  outputFormat: OutputFormat,
  hash: (text: string) => string,
): PromptDrift | null {
  const ownFormat = base && (base.hasSlots ? EPISODES : OWN);
  const template = templates[outputFormat];
  const now = ownFormat ?? template.version;
  const words =
    ownFormat === null
      ? promptWords(template, { types: teaching.types.filter((type) => entityType(type) !== undefined) })
      : JSON.stringify([ownFormat, ...teaching.types]);
  const { prompt: taught, outputFormat: format } = teaching;
  if (taught !== now) return { taught, now, format };
  return teaching.promptSha256 === hash(words) ? null : { taught: `${taught} (other words)`, now, format };
}

/** The same of the adapter in use; null where there is none, or none that says how it was taught. */
export function promptDriftInUse(
  { teaching, profile }: Pick<ModelFacts, "teaching" | "profile">,
  outputFormat: OutputFormat,
  hash: (text: string) => string,
): PromptDrift | null {
  // A selector that is asked to find something is refused by the reader, in words of its own.
  if (teaching === undefined || teaching.outputFormat === "selector") return null;
  return promptDrift(teaching, profile && { hasSlots: profile.slots !== undefined }, outputFormat, hash);
}
