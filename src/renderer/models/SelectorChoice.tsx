import { Select, Text, Title } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";

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
    <>
      <Title order={2} size="h4" mt="xl" mb="xs" id="models-selector">
        {t("models:selector")}
      </Title>
      <Text c="dimmed" mb="sm">
        {t("models:selectorText")}
      </Text>
      <Select
        aria-labelledby="models-selector"
        maw={420}
        allowDeselect={false}
        data={[
          { value: "", label: t("models:noSelector") },
          ...self,
          ...selectors.map(({ id, report, present }) => ({
            value: id,
            label: report.name,
            disabled: !present,
          })),
        ]}
        value={props.value ?? ""}
        onChange={(selectorId) => props.onChange(selectorId || null)}
      />
    </>
  );
}
