import { Button, Group, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import type { ModelsState } from "#contract/records.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import { namesOf, systemName } from "./systems.ts";

/** What reads new notes now, and the way back to what did before. */
export function EarlierModel(props: { readonly models: ModelsState | undefined }) {
  const { t } = useText();
  const { show } = useNotices();
  const call = useCall();
  const { models } = props;
  if (models === undefined) return null;
  const { chosen, earlier } = models;
  const nameOf = (choice: typeof chosen) => {
    const names = namesOf(choice, models.models);
    return systemName(names, { ...choice, select: null }, t);
  };

  async function goBack(): Promise<void> {
    if (earlier === null) return;
    const changed = await call("models.choose", { ...earlier });
    if (changed !== undefined) show(t("evaluation:nowUsed"));
  }

  return (
    <Group gap="sm" mb="lg">
      <Text size="sm">{t("evaluation:now", { name: nameOf(chosen) })}</Text>
      {earlier !== null && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => void goBack()}
        >
          {t("evaluation:goBack", { name: nameOf(earlier) })}
        </Button>
      )}
    </Group>
  );
}
