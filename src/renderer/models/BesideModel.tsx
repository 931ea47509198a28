import { Text, Title } from "@mantine/core";
import { useText } from "../frame/useText.ts";
import { BesideSelect, type BesideSelectProps } from "./BesideSelect.tsx";
import { besideOptions } from "./beside.ts";

/** As `BesideSelect`, with a heading and what it is for. */
export function BesideModel(props: BesideSelectProps) {
  const { t } = useText();
  const { beside, modelId, models } = props;
  if (besideOptions(beside, modelId, models, t).length === 0) return null;
  const title = t(`models:beside.${beside}.title`);
  return (
    <>
      <Title order={2} size="h4" mt="xl" mb="xs">
        {title}
      </Title>
      <Text c="dimmed" mb="sm">
        {t(`models:beside.${beside}.text`)}
      </Text>
      <BesideSelect {...props} aria-label={title} maw={420} />
    </>
  );
}
