import { Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSettings } from "../../state/settings.tsx";
import { matchesQuery } from "../paletteFilter.ts";
import { useText } from "../useText.ts";
import { KeyCaps } from "./KeyCaps.tsx";
import classes from "./KeyHelp.module.css";
import { keyCatalogue } from "./keyCatalogue.ts";
import { keyGroups, keysOf } from "./keyMap.ts";

/** Every key of the app by group, searchable; keys the user changed are shown as changed. */
export function KeyHelp(props: { readonly opened: boolean; onClose(): void }) {
  const { t } = useText();
  const { settings } = useSettings();
  const [query, setQuery] = useState("");
  const groups = keyGroups
    .map((group) => ({
      group,
      definitions: keyCatalogue.filter(
        (definition) => definition.group === group && matchesQuery(t(definition.label), query.trim()),
      ),
    }))
    .filter(({ definitions }) => definitions.length > 0);
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="xl"
      title={t("help.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <TextInput
        mb="md"
        aria-label={t("help.search")}
        placeholder={t("help.search")}
        value={query}
        data-autofocus
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div className={classes.groups}>
        {groups.map(({ group, definitions }) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{t(`keyGroups.${group}`)}</h3>
            <dl className={classes.list}>
              {definitions.map((definition) => (
                <div key={definition.id} className={classes.line}>
                  <dt>{t(definition.label)}</dt>
                  <dd className={classes.keys}>
                    {keysOf(definition, settings.keys).map((key) => (
                      <KeyCaps key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {groups.length === 0 && <Text c="dimmed">{t("help.nothing")}</Text>}
      <Text c="dimmed" size="sm" mt="md">
        {t("help.change")}
      </Text>
    </Modal>
  );
}
