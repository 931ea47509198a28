import { Select, type SelectProps } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { type BesideRole, besideOptions } from "./beside.ts";

export type BesideSelectProps = Omit<SelectProps, "data" | "value" | "onChange"> & {
  readonly beside: BesideRole;
  /** The model beside which it would work. */
  readonly modelId: string;
  readonly models: readonly InstalledModel[];
  readonly value: string | null | undefined;
  onChange(value: string | null): void;
};

/** The choice of an adapter or a selector beside a model, or of none; nothing where none is installed. */
export function BesideSelect(props: BesideSelectProps) {
  const { t } = useText();
  const { beside, modelId, models, value, onChange, ...look } = props;
  const options = besideOptions(beside, modelId, models, t);
  if (options.length === 0) return null;
  return (
    <Select
      {...look}
      allowDeselect={false}
      data={[{ value: "", label: t(`models:beside.${beside}.none`) }, ...options]}
      value={value ?? ""}
      onChange={(chosen) => onChange(chosen || null)}
    />
  );
}
