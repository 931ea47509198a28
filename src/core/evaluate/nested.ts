import { contains } from "../document/span.ts";
import type { TypedSpan } from "./gold.ts";

/**
 * The mentions that stand inside another one or hold another one, of whatever type: those that a flat tagger cannot
 * give.
 */
export function nestedMentions(mentions: readonly TypedSpan[]): TypedSpan[] {
  return mentions.filter((mention) =>
    mentions.some((other) => other !== mention && (contains(other, mention) || contains(mention, other))),
  );
}
