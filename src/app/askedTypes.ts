import type { ChosenModel, ModelReport, Settings } from "#contract/records.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import type { OutputFormat } from "#core/entity/extraction.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { NotegrainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { RunPlan, RunSettings } from "#core/storePort.ts";

/** What an adapter of a run learned; null where none is in use, or where it does not say. */
export type Taught = NonNullable<ModelReport["adapter"]>["taught"] | null;

/** The same of the adapter with which a choice reads: by definitions or examples, it is asked for anything. */
export function taughtIn(
  { paradigm, adapterId }: Pick<ChosenModel, "paradigm" | "adapterId">,
  models: readonly { readonly id: string; readonly report: Pick<ModelReport, "adapter"> }[],
): Taught {
  if (paradigm !== "tuned") return null;
  return models.find(({ id }) => id === adapterId)?.report.adapter?.taught ?? null;
}

/**
 * What a run asks a model for: the wanted types that it can find. A model with tags of its own knows those that
 * it was trained for, an adapter those that it learned; a stock model is told of any type by its definition.
 * @throws NG-NO-TYPES where none is left
 */
export function askedTypes(
  { types: wanted, ownTypes: own }: Pick<Settings, "types" | "ownTypes">,
  { grounded, types: trained, name }: Pick<ModelReport, "grounded" | "types" | "name">,
  taught: Taught = null,
): Pick<ExtractSettings, "types"> & { readonly ownTypes: readonly OwnType[] } {
  const learned = trained.length > 0 ? trained : (taught?.types ?? []);
  const builtIn = learned.length > 0 ? learned : entityTypes.map((type) => type.name);
  const canBeTold = ({ name: type }: OwnType) => learned.length === 0 || learned.includes(type);
  const ownTypes = grounded ? [] : own.filter((type) => wanted.includes(type.name) && canBeTold(type));
  const known = [...builtIn, ...ownTypes.map((type) => type.name)];
  const types = wanted.filter((type) => known.includes(type));
  if (types.length === 0) throw new NotegrainError("NG-NO-TYPES", { name });
  return { types, ownTypes };
}

/**
 * The form of the answer that a run asks for: the one in the settings, unless the model or its adapter learned
 * another, in which alone it is any good.
 */
export function askedFormat(
  { outputFormat }: Pick<Settings, "outputFormat">,
  { grounded, answersInTags = grounded }: Pick<ModelReport, "grounded" | "answersInTags">,
  taught: Taught = null,
): OutputFormat {
  if (answersInTags) return "grounded";
  return taught && taught.outputFormat !== "selector" ? taught.outputFormat : outputFormat;
}

/** The user's own types as a plan keeps them, as they were when the run was planned. */
export function plannedOwnTypes(ownTypes: readonly OwnType[]): RunSettings {
  return ownTypes.length > 0 ? { ownTypes: JSON.stringify(ownTypes) } : {};
}

/** Those of a plan. */
export function ownTypesOf({ settings }: Pick<RunPlan, "settings">): readonly OwnType[] {
  const { ownTypes } = settings;
  return typeof ownTypes === "string" ? (JSON.parse(ownTypes) as readonly OwnType[]) : [];
}
