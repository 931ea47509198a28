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
  const nameOf = (id: string) => models.find((model) => model.id === id)?.report.name ?? id;
  const reasonAgainst = ({ present, fits }: InstalledModel): string => {
    if (!present) return t("models:gone");
    if (fits.includes(modelId)) return "";
    return fits.length > 0 ? t("models:fits", { models: fits.map(nameOf).join(", ") }) : t("models:fitsNone");
  };
  const all = models.filter(
    ({ report: { adapter } }) => adapter !== null && (adapter.isSelector === true) === (role === "selector"),
  );
  const { "": fitting = [], ...others } = Object.groupBy(all, reasonAgainst);
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
