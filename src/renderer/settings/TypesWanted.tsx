import { Anchor, Checkbox, Group, Stack } from "@mantine/core";
import { type EntityFamily, entityTypes } from "#core/entity/entityTypes.ts";
import { useText } from "../frame/useText.ts";
import row from "./SettingRow.module.css";
import classes from "./SettingsScreen.module.css";

const families: readonly EntityFamily[] = ["problem", "medication", "test", "care", "person", "time"];

/** The types that new runs look for, by family. At least one stays: a run for nothing would say nothing. */
export function TypesWanted(props: {
  readonly wanted: readonly string[];
  onChange(types: readonly string[]): void;
}) {
  const { t, typeLabel, number } = useText();
  const { wanted } = props;
  const all = entityTypes.map((type) => type.name);
  // A user's own types have a list of their own and stay as they are.
  const own = wanted.filter((name) => !all.includes(name));

  function toggle(name: string): void {
    const next = wanted.includes(name)
      ? wanted.filter((other) => other !== name)
      : [...all.filter((other) => other === name || wanted.includes(other)), ...own];
    if (next.length > 0) props.onChange(next);
  }

  return (
    <div className={row.row}>
      <div className={row.wide}>
        <Group justify="space-between">
          <span className={row.name}>{t("settings:types.name")}</span>
          {wanted.length - own.length < all.length && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => props.onChange([...all, ...own])}
            >
              {t("settings:types.all", { n: number(all.length) })}
            </Anchor>
          )}
        </Group>
        <div className={row.text}>{t("settings:types.text")}</div>
        <div className={classes.families}>
          {families.map((family) => (
            <fieldset key={family} className={classes.family}>
              <legend className={classes.familyName}>{t(`settings:families.${family}`)}</legend>
              <Stack gap={6}>
                {entityTypes
                  .filter((type) => type.family === family)
                  .map((type) => (
                    <Checkbox
                      key={type.name}
                      size="xs"
                      label={typeLabel(type.name)}
                      checked={wanted.includes(type.name)}
                      onChange={() => toggle(type.name)}
                    />
                  ))}
              </Stack>
            </fieldset>
          ))}
        </div>
      </div>
    </div>
  );
}
