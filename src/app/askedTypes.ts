import type { ModelReport, Settings } from "#contract/records.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { NotegrainError } from "#core/errors.ts";
import type { ExtractSettings } from "#core/pipeline.ts";
import type { RunPlan, RunSettings } from "#core/storePort.ts";

/**
 * What a run asks a model for: the wanted types that it can find. A model with tags of its own knows those that
 * it was trained for; a stock model is told of any type by its definition.
 * @throws NG-NO-TYPES where none is left
 */
export function askedTypes(
  { types: wanted, ownTypes: own }: Pick<Settings, "types" | "ownTypes">,
  { grounded, types: trained, name }: Pick<ModelReport, "grounded" | "types" | "name">,
): Pick<ExtractSettings, "types"> & { readonly ownTypes: readonly OwnType[] } {
  const builtIn = trained.length > 0 ? trained : entityTypes.map((type) => type.name);
  const ownTypes = grounded ? [] : own.filter((type) => wanted.includes(type.name));
  const known = [...builtIn, ...ownTypes.map((type) => type.name)];
  const types = wanted.filter((type) => known.includes(type));
  if (types.length === 0) throw new NotegrainError("NG-NO-TYPES", { name });
  return { types, ownTypes };
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
