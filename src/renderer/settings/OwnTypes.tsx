import { ActionIcon, Anchor, Button, Checkbox, Tooltip } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { Settings } from "#contract/records.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import { OwnTypeForm } from "./OwnTypeForm.tsx";
import { withOwnType, withoutOwnType } from "./ownTypeEdits.ts";
import row from "./SettingRow.module.css";
import classes from "./SettingsScreen.module.css";

type Types = Pick<Settings, "types" | "ownTypes">;

/** Types that the user added: which are looked for, and how a model is told of them. */
export function OwnTypes(props: { readonly settings: Types; onChange(patch: Types): void }) {
  const { t, typeLabel } = useText();
  const { types, ownTypes } = props.settings;
  const [edited, setEdited] = useState<OwnType | "new" | null>(null);
  const [removed, setRemoved] = useState<OwnType | null>(null);
  const models = useAnswer("models.list", {}, { refreshOn: ["models"] }).value;
  const chosen = models?.models.find(({ id }) => id === models.chosen.modelId)?.report;
  const before = edited === "new" || edited === null ? null : edited;
  const others = ownTypes.map(({ name }) => name).filter((name) => name !== before?.name);

  function toggle(name: string): void {
    const next = types.includes(name) ? types.filter((other) => other !== name) : [...types, name];
    if (next.length > 0) props.onChange({ types: next, ownTypes });
  }

  return (
    <div className={row.row}>
      <div className={row.wide}>
        <span className={row.name}>{t("settings:ownTypes.title")}</span>
        <div className={row.text}>{t("settings:ownTypes.text")}</div>
        {chosen?.grounded && (
          <div className={classes.hint} role="note">
            {t("settings:ownTypes.trained", { model: chosen.name })}
          </div>
        )}
        {ownTypes.length > 0 && (
          <ul className={classes.ownTypes} aria-label={t("settings:ownTypes.title")}>
            {ownTypes.map((type) => (
              <li key={type.name} className={classes.ownType}>
                <Checkbox
                  size="xs"
                  className={classes.ownTypeWords}
                  label={typeLabel(type.name)}
                  description={[type.definition, type.examples.join(t("settings:ownTypes.between"))]
                    .filter((words) => words !== "")
                    .join(" · ")}
                  checked={types.includes(type.name)}
                  onChange={() => toggle(type.name)}
                />
                <TypeAction
                  label={t("settings:ownTypes.changeNamed", { name: typeLabel(type.name) })}
                  onClick={() => setEdited(type)}
                >
                  <IconPencil size={16} />
                </TypeAction>
                <TypeAction
                  label={t("settings:ownTypes.removeNamed", { name: typeLabel(type.name) })}
                  onClick={() => {
                    setRemoved(type);
                    props.onChange(withoutOwnType(props.settings, type.name));
                  }}
                >
                  <IconTrash size={16} />
                </TypeAction>
              </li>
            ))}
          </ul>
        )}
        {removed !== null && !ownTypes.some(({ name }) => name === removed.name) && (
          <div className={classes.hint} role="status">
            {t("settings:ownTypes.removed", { name: typeLabel(removed.name) })}{" "}
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => props.onChange(withOwnType(props.settings, null, removed))}
            >
              {t("settings:ownTypes.putBack")}
            </Anchor>
          </div>
        )}
        <Button
          mt="sm"
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setEdited("new")}
        >
          {t("settings:ownTypes.add")}
        </Button>
        {edited !== null && (
          <OwnTypeForm
            type={before}
            others={others}
            onClose={() => setEdited(null)}
            onSave={(next) => {
              setEdited(null);
              props.onChange(withOwnType(props.settings, before?.name ?? null, next));
            }}
          />
        )}
      </div>
    </div>
  );
}

function TypeAction(props: { readonly label: string; onClick(): void; readonly children: ReactNode }) {
  return (
    <Tooltip label={props.label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
