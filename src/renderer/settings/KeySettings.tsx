import { Anchor, Button, Group } from "@mantine/core";
import { useState } from "react";
import { chordOf, isReserved } from "../frame/keys/chord.ts";
import { KeyCaps } from "../frame/keys/KeyCaps.tsx";
import { onMac } from "../frame/keys/KeyProvider.tsx";
import { keyCatalogue } from "../frame/keys/keyCatalogue.ts";
import { clashOf, type KeyDefinition, keyGroups, keysOf } from "../frame/keys/keyMap.ts";
import { useText } from "../frame/useText.ts";
import { SettingGroup } from "./SettingRow.tsx";
import classes from "./SettingsScreen.module.css";

type Own = Readonly<Record<string, string>>;

/** The keys of the app and the user's own; a key that is taken is refused and says by what. */
export function KeySettings(props: { readonly own: Own; onChange(own: Own): void }) {
  const { t } = useText();
  const { own } = props;
  const [capturing, setCapturing] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ id: string; why: string } | null>(null);

  function take(definition: KeyDefinition, key: string): void {
    setCapturing(null);
    const clash = clashOf(keyCatalogue, own, definition.id, key);
    if (clash !== undefined)
      setRefused({ id: definition.id, why: t("settings:keys.taken", { by: t(clash.label) }) });
    else if (isReserved(key)) setRefused({ id: definition.id, why: t("settings:keys.reserved") });
    else {
      setRefused(null);
      props.onChange(withKey(own, definition, key));
    }
  }

  return (
    <SettingGroup title={t("settings:keys.title")}>
      {keyGroups.map((group) => {
        const definitions = keyCatalogue.filter((definition) => definition.group === group);
        if (definitions.length === 0) return null;
        return (
          <section key={group}>
            <h3 className={classes.keyHeading}>{t(`keyGroups.${group}`)}</h3>
            {definitions.map((definition) => (
              <div key={definition.id} className={classes.keyLine}>
                <span className={classes.keyName}>{t(definition.label)}</span>
                {refused?.id === definition.id && (
                  <span className={classes.keyError} role="alert">
                    {refused.why}
                  </span>
                )}
                {own[definition.id] !== undefined && (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    onClick={() => props.onChange(withKey(own, definition, definition.key))}
                  >
                    {t("settings:keys.reset")}
                  </Anchor>
                )}
                <Button
                  className={classes.capture}
                  size="compact-sm"
                  variant="default"
                  aria-label={t("settings:keys.change", {
                    name: t(definition.label),
                    key: keysOf(definition, own)[0],
                  })}
                  onClick={() => {
                    setRefused(null);
                    setCapturing(definition.id);
                  }}
                  onBlur={() => setCapturing(null)}
                  onKeyDown={(event) => {
                    if (capturing !== definition.id || event.key === "Tab") return;
                    event.preventDefault();
                    event.stopPropagation();
                    const chord = chordOf(event.nativeEvent, onMac);
                    if (chord === "Escape") setCapturing(null);
                    else if (chord !== null)
                      take(definition, definition.group === "go" ? `g ${chord}` : chord);
                  }}
                >
                  {capturing === definition.id ? (
                    t("settings:keys.press")
                  ) : (
                    <KeyCaps keys={keysOf(definition, own)[0] ?? ""} />
                  )}
                </Button>
              </div>
            ))}
          </section>
        );
      })}
      {Object.keys(own).length > 0 && (
        <Group justify="flex-end" mt="sm">
          <Button size="xs" variant="default" onClick={() => props.onChange({})}>
            {t("settings:keys.resetAll")}
          </Button>
        </Group>
      )}
    </SettingGroup>
  );
}

/** The user's keys with one more; the default is stored as nothing. */
function withKey(own: Own, definition: KeyDefinition, key: string): Own {
  const { [definition.id]: _, ...rest } = own;
  return key === definition.key ? rest : { ...rest, [definition.id]: key };
}
