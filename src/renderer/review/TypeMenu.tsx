import { Kbd } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { useText } from "../frame/useText.ts";
import { Swatch } from "../note/Swatch.tsx";
import { typeLetters, typeStyle } from "../note/typeStyle.ts";
import { useSettings } from "../state/settings.tsx";
import classes from "./review.module.css";

/** Chooses a type by its letter, by arrow keys or by pointer. */
export function TypeMenu(props: {
  readonly title: string;
  /** The type that it has now. */
  readonly current: string | null;
  onChoose(type: string): void;
  onCancel(): void;
}) {
  const { t, typeLabel } = useText();
  const { settings } = useSettings();
  const menu = useRef<HTMLDivElement>(null);
  const types = [...new Set([...entityTypes.map((type) => type.name), ...settings.types])];
  const letters = typeLetters(types);
  const families = Map.groupBy(types, (type) => typeStyle(type).family);

  useEffect(() => {
    const items = menu.current?.querySelectorAll<HTMLElement>("[role=menuitemradio]") ?? [];
    const checked = [...items].find((item) => item.getAttribute("aria-checked") === "true");
    (checked ?? items[0])?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const byLetter = types.find((type) => letters.get(type) === event.key.toLowerCase());
    if (event.key === "Escape") props.onCancel();
    else if (byLetter !== undefined) props.onChoose(byLetter);
    else if (!moveFocus(menu.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={menu}
      className={classes.sheet}
      role="menu"
      tabIndex={-1}
      aria-label={props.title}
      onKeyDown={onKeyDown}
    >
      <div className={classes.title} role="presentation">
        {props.title}
      </div>
      <div className={classes.types} role="presentation">
        {[...families].map(([family, own]) => (
          // biome-ignore lint/a11y/useSemanticElements: a menu holds groups, not fieldsets
          <div key={family} className={classes.family} role="group" aria-label={t(`note:family.${family}`)}>
            <div className={classes.familyName} aria-hidden>
              {t(`note:family.${family}`)}
            </div>
            {own.map((type) => (
              <button
                key={type}
                type="button"
                role="menuitemradio"
                aria-checked={type === props.current}
                tabIndex={-1}
                className={classes.type}
                onClick={() => props.onChoose(type)}
              >
                <Kbd size="xs">{letters.get(type)}</Kbd>
                <Swatch type={type}>{typeLabel(type)}</Swatch>
              </button>
            ))}
          </div>
        ))}
      </div>
      <div className={classes.hint} role="presentation">
        {t("review:types.hint")}
      </div>
    </div>
  );
}

/** Moves the focus through the items by arrow keys, Home and End; false for other keys. */
function moveFocus(menu: HTMLElement | null, key: string): boolean {
  const items = [...(menu?.querySelectorAll<HTMLElement>("[role=menuitemradio]") ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    ArrowRight: at + 4,
    ArrowLeft: at - 4,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[key];
  if (target === undefined) return key === "Tab";
  items[Math.max(0, Math.min(items.length - 1, target))]?.focus();
  return true;
}
