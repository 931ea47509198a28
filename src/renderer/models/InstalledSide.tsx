import { ActionIcon, Badge, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import classes from "./ModelCard.module.css";

/** Whether a model or adapter can run here, and the way to remove it; what ships with the program stays. */
export function InstalledSide(props: {
  readonly installed: InstalledModel;
  onRemove(installed: InstalledModel): void;
}) {
  const { t } = useText();
  const { present, bundled, report } = props.installed;
  return (
    <div className={classes.side}>
      {!present && (
        <Badge color="red.9" variant="filled" tt="none">
          {t("models:gone")}
        </Badge>
      )}
      {present && !report.fitsMemory && (
        <Badge color="orange.9" variant="filled" tt="none">
          {t("models:tooLarge")}
        </Badge>
      )}
      {bundled ? (
        <Text size="sm" c="dimmed">
          {t("models:bundled")}
        </Text>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("models:remove", { name: report.name })}
          title={t("models:remove", { name: report.name })}
          onClick={() => props.onRemove(props.installed)}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
