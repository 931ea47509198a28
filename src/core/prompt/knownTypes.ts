import type { ModelFacts } from "../ports.ts";

type Facts = Pick<ModelFacts, "profile" | "teaching" | "adapterSha256">;

/** Whether a model was trained for the task itself, or by the adapter in use: then it is asked as `tuned`. */
export function isTuned({ profile, adapterSha256 }: Facts): boolean {
  return adapterSha256 !== null || (profile !== null && profile.slots === undefined);
}

/** The types that a model was trained for, in its order; null for one that may be asked for any. */
export function knownTypes({ profile, teaching }: Facts): readonly string[] | null {
  if (profile && profile.slots === undefined) return [...profile.open.keys()];
  return teaching && teaching.outputFormat !== "selector" ? teaching.types : null;
}
