import type { ModelReport, Settings } from "#contract/records.ts";
import { recallLevels } from "#core/read/recall.ts";
import type { RunPlan, RunSettings } from "#core/storePort.ts";

/** The wanted recall as a plan keeps it: nothing where it is balanced, or where the model has no such knob. */
export function plannedRecall(
  level: Settings["recall"],
  { grounded }: Pick<ModelReport, "grounded">,
): RunSettings {
  return grounded && level !== "balanced" ? { recall: recallLevels[level] } : {};
}

/** That of a plan: what is added to the model's bias. */
export function recallOf({ settings: { recall } }: Pick<RunPlan, "settings">): number {
  return typeof recall === "number" ? recall : 0;
}
