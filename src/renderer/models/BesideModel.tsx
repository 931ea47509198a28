import { Text, Title } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { BesideCard } from "./BesideCard.tsx";
import { BesideSelect, type BesideSelectProps } from "./BesideSelect.tsx";
import { besideOptions, installedFor } from "./beside.ts";
import classes from "./ModelCard.module.css";

/** As `BesideSelect`, with a heading and what it is for, and below it what is installed. */
export function BesideModel({
  onRemove,
  ...props
}: BesideSelectProps & { onRemove(adapter: InstalledModel): void }) {
  const { t } = useText();
  const { beside, modelId, models, value } = props;
  if (besideOptions(beside, modelId, models, t).length === 0) return null;
  const installed = installedFor(beside, models);
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
      {installed.length > 0 && (
        <ul className={classes.list} aria-label={t(`models:beside.${beside}.installed`)}>
          {installed.map((one) => (
            <BesideCard
              key={one.id}
              adapter={one}
              models={models}
              chosen={one.id === value}
              onRemove={onRemove}
            />
          ))}
        </ul>
      )}
    </>
  );
}
