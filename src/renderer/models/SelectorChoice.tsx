import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { asOption, BesideModel } from "./BesideModel.tsx";

/**
 * Who takes a second look at every span: an adapter that was trained for it, or a stock model by a question in
 * words. Nothing where there is neither.
 */
export function SelectorChoice(props: {
  readonly selectors: readonly InstalledModel[];
  /** The chosen model, which can judge by itself if it is a stock model. */
  readonly model: InstalledModel | undefined;
  readonly value: string | null;
  onChange(selectorId: string | null): void;
}) {
  const { t } = useText();
  const { selectors, model } = props;
  const self = model?.report.grounded === false ? [{ value: model.id, label: t("models:selectorSelf") }] : [];
  if (selectors.length + self.length === 0) return null;
  return (
    <BesideModel
      id="models-selector"
      title={t("models:selector")}
      text={t("models:selectorText")}
      none={t("models:noSelector")}
      options={[...self, ...selectors.map(asOption)]}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
