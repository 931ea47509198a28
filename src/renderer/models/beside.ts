import type { ComboboxItem, ComboboxItemGroup } from "@mantine/core";
import type { TFunction } from "i18next";
import type { InstalledModel } from "#contract/records.ts";

/** What can work beside a model: an adapter to read with, or who judges what was found. */
export type BesideRole = "adapter" | "selector";

/**
 * What is installed for a role: first what the chosen model can take, then the rest, which cannot be chosen, under
 * the reason. A stock model judges by itself too.
 */
export function besideOptions(
  role: BesideRole,
  modelId: string,
  models: readonly InstalledModel[],
  t: TFunction,
): readonly (ComboboxItem | ComboboxItemGroup<ComboboxItem>)[] {
  const reasonAgainst = (one: InstalledModel): string => {
    if (!one.present) return t("models:gone");
    return one.fits.includes(modelId) ? "" : fitsInWords(one, models, t);
  };
  const { "": fitting = [], ...others } = Object.groupBy(installedFor(role, models), reasonAgainst);
  const judgesItself =
    role === "selector" && models.find(({ id }) => id === modelId)?.report.grounded === false;
  return [
    ...(judgesItself ? [{ value: modelId, label: t("models:selectorSelf") }] : []),
    ...fitting.map(asItem),
    ...Object.entries(others).map(([group, items = []]) => ({
      group,
      items: items.map((one) => ({ ...asItem(one), disabled: true })),
    })),
  ];
}

/** The adapters or the selectors among what is installed. */
export function installedFor(role: BesideRole, models: readonly InstalledModel[]): readonly InstalledModel[] {
  return models.filter(
    ({ report: { adapter } }) => adapter !== null && (adapter.isSelector === true) === (role === "selector"),
  );
}

/** The installed models that an adapter or selector is for. */
export function fitsInWords(
  { fits }: InstalledModel,
  models: readonly InstalledModel[],
  t: TFunction,
): string {
  const nameOf = (id: string) => models.find((model) => model.id === id)?.report.name ?? id;
  return fits.length > 0 ? t("models:fits", { models: fits.map(nameOf).join(", ") }) : t("models:fitsNone");
}

/** What was chosen beside a model, where another one can take it too; else null. */
export function keptBeside(
  id: string | null | undefined,
  modelId: string,
  models: readonly InstalledModel[],
): string | null {
  const chosen = models.find((one) => one.id === id);
  return chosen?.fits.includes(modelId) ? chosen.id : null;
}

function asItem({ id, report }: InstalledModel): ComboboxItem {
  return { value: id, label: report.name };
}
