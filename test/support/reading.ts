import { type AssertInput, assertAll } from "../../src/core/assertion/assertAll.ts";

const plainWords = /^(?:affirmed|certain|patient|current)$/;

/** "fever: negated; cough: plain": of each mention what is not the plain reading, or "null". */
export function reading(input: AssertInput): string {
  return assertAll(input)
    .map(({ text, assertion }) => {
      if (assertion === null) return `${text}: null`;
      const { polarity, certainty, experiencer, temporality } = assertion;
      const words = [polarity, certainty, experiencer, temporality].filter((word) => !plainWords.test(word));
      return `${text}: ${words.join(" ") || "plain"}`;
    })
    .join("; ");
}
