import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useRef, useState } from "react";
import { useSettings } from "../state/settings.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { KeyCaps } from "./keys/KeyCaps.tsx";
import { useActiveKeys } from "./keys/KeyProvider.tsx";
import { keysOf } from "./keys/keyMap.ts";
import classes from "./Palette.module.css";
import { matchesQuery } from "./paletteFilter.ts";
import { useRoute } from "./route.tsx";
import { useText } from "./useText.ts";

const [store, palette] = createSpotlight();

/** Opens the palette. */
export function openPalette(): void {
  palette.open();
}

/** Every action that is possible now, and the cases, found by typing a few letters. */
export function Palette() {
  const { t, date } = useText();
  const { go } = useRoute();
  const { settings } = useSettings();
  const active = useActiveKeys();
  const [query, setQuery] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const search = query.trim();
  const cases = useAnswer(
    "cases.list",
    search === "" ? null : { search, status: null, sort: "updated", offset: 0, limit: 6 },
  );
  const actions = active
    .filter(({ definition }) => definition.id !== "app.palette" && matchesQuery(t(definition.label), search))
    .map((entry) => ({ ...entry, words: t(entry.definition.label) }));
  // None while they are looked for: Enter must not open what an earlier query found.
  const rows = cases.value?.cases ?? [];

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      // Open with the cursor in the field before the next key: one typed ahead would be lost, or act on the screen.
      transitionProps={{ duration: 0 }}
      onSpotlightOpen={() => field.current?.focus()}
      scrollable
      lockScroll={false}
      maxHeight={420}
      title={t("palette.title")}
      classNames={{ header: classes.header }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      attributes={{ header: { role: "presentation" } }}
    >
      <Spotlight.Search
        ref={field}
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
      />
      <Spotlight.ActionsList>
        {rows.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.cases")}>
            {rows.map((row) => (
              <Spotlight.Action
                key={row.id}
                label={row.title}
                description={row.snippet?.text ?? date(row.updatedAt)}
                onClick={() => go({ screen: "case", caseId: row.id })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.actions")}>
            {actions.map(({ definition, run, words }) => (
              <Spotlight.Action
                key={definition.id}
                label={words}
                onClick={() => run()}
                rightSection={<KeyCaps keys={keysOf(definition, settings.keys)[0] ?? ""} />}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {rows.length === 0 && actions.length === 0 && !cases.loading && (
          <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
