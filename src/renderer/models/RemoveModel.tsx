import { Button, Group, Modal, Text } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";

/** Says what goes with a model, since a large file does not come back by itself, and removes it. */
export function RemoveModel(props: { readonly model: InstalledModel | null; onClose(): void }) {
  const { t, bytes } = useText();
  const call = useCall();
  const { model, onClose } = props;

  async function remove(): Promise<void> {
    if (model !== null && (await call("models.remove", { modelId: model.id }))) onClose();
  }

  return (
    <Modal
      opened={model !== null}
      onClose={onClose}
      title={t("models:removeTitle", { name: model?.report.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text>{t("models:removeText", { size: bytes(model?.report.fileBytes ?? 0) })}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("models:keep")}
        </Button>
        <Button color="red.9" onClick={remove}>
          {t("models:removeThis")}
        </Button>
      </Group>
    </Modal>
  );
}
