import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type OwnType, ownTypeFault } from "#core/entity/ownTypes.ts";
import { useText } from "../frame/useText.ts";
import { readOwnType } from "./ownTypeEdits.ts";

/** Adds or changes a type of the user's own; says at the field what cannot be used. */
export function OwnTypeForm(props: {
  /** Null for a new one. */
  readonly type: OwnType | null;
  /** Names of the other types of the user. */
  readonly others: readonly string[];
  onSave(type: OwnType): void;
  onClose(): void;
}) {
  const { t, typeLabel } = useText();
  const [fields, setFields] = useState({
    name: props.type?.name ?? "",
    definition: props.type?.definition ?? "",
    examples: props.type?.examples.join("\n") ?? "",
  });
  const [tried, setTried] = useState(false);
  const fault = tried ? ownTypeFault(readOwnType(fields), props.others) : null;
  const taken =
    fault?.kind === "taken" &&
    t("settings:ownTypes.fault.taken", { by: fault.by.replaceAll("_", " "), label: typeLabel(fault.by) });
  const told = (kind: "name" | "definition" | "examples") =>
    fault?.kind === kind && t(`settings:ownTypes.fault.${kind}`);

  function save(event: FormEvent): void {
    event.preventDefault();
    const type = readOwnType(fields);
    if (ownTypeFault(type, props.others) === null) props.onSave(type);
    else setTried(true);
  }

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t(props.type ? "settings:ownTypes.change" : "settings:ownTypes.add")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={save} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t("settings:ownTypes.name")}
            value={fields.name}
            error={taken || told("name")}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setFields((last) => ({ ...last, name: value }))}
          />
          <TextInput
            label={t("settings:ownTypes.definition")}
            description={t("settings:ownTypes.definitionText")}
            value={fields.definition}
            error={told("definition")}
            onChange={({ currentTarget: { value } }) => setFields((last) => ({ ...last, definition: value }))}
          />
          <Textarea
            label={t("settings:ownTypes.examples")}
            description={t("settings:ownTypes.examplesText")}
            value={fields.examples}
            error={told("examples")}
            autosize
            minRows={3}
            maxRows={8}
            onChange={({ currentTarget: { value } }) => setFields((last) => ({ ...last, examples: value }))}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit">{t("settings:ownTypes.save")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
