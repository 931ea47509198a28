import { entityTypes } from "#core/entity/entityTypes.ts";
import type { Settings } from "./records.ts";

/** What holds where nothing was set, and in the window until the stored settings have come. */
export const defaultSettings: Settings = {
  language: "auto",
  theme: "auto",
  fontSize: 16,
  alwaysShowLabels: false,
  threads: 0,
  gpuLayers: -1,
  types: entityTypes.map((type) => type.name),
  ownTypes: [],
  outputFormat: "grounded",
  recall: "balanced",
  examples: 8,
  select: "bm25",
  examplesBudget: 1500,
  autoRun: true,
  keys: {},
};
