import { Button, Menu, Modal, Textarea } from "@mantine/core";
import { IconFilePlus, IconFiles, IconFolder, IconPlus, IconSchool } from "@tabler/icons-react";
import { useState } from "react";
import { useKeys } from "../frame/keys/useKeys.ts";
import { keys } from "../frame/keys.ts";
import { useText } from "../frame/useText.ts";
import { useImport } from "./ImportProvider.tsx";

/** The button that brings notes in, for those who do not drop or paste. */
export function ImportMenu() {
  const { t } = useText();
  const { chooseFiles, importText, importExample } = useImport();
  const [opened, setOpened] = useState(false);
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState("");
  useKeys(keys, { "app.import": () => setOpened(true) });

  function take(): void {
    void importText(text);
    setWriting(false);
    setText("");
  }

  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" leftSection={<IconPlus size={14} stroke={2.2} />}>
            {t("import:button")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFiles size={16} />} onClick={() => chooseFiles("files")}>
            {t("import:chooseFiles")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => chooseFiles("folder")}>
            {t("import:chooseFolder")}
          </Menu.Item>
          <Menu.Item leftSection={<IconFilePlus size={16} />} onClick={() => setWriting(true)}>
            {t("import:write")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconSchool size={16} />} onClick={() => void importExample()}>
            {t("import:example")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={writing}
        onClose={() => setWriting(false)}
        size="lg"
        title={t("import:write")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <Textarea
          label={t("import:writeLabel")}
          value={text}
          autosize
          minRows={10}
          maxRows={20}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button mt="md" fullWidth disabled={text.trim() === ""} onClick={take}>
          {t("import:take")}
        </Button>
      </Modal>
    </>
  );
}
