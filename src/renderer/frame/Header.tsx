import { CloseButton, Kbd, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { RefObject } from "react";
import classes from "./Header.module.css";
import { type Route, routeToHash, useRoute } from "./route.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { useText } from "./useText.ts";

const places = ["cases", "queue", "models", "examples", "evaluation", "settings", "about"] as const;

/** The top of the window: where to go, search over everything, and how things stand. */
export function Header(props: {
  readonly search: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  onSearch(search: string): void;
  onHelp(): void;
}) {
  const { t } = useText();
  const { route } = useRoute();
  const here = (place: Route["screen"]) =>
    place === route.screen || (place === "cases" && route.screen === "case");
  return (
    <header className={classes.bar}>
      <nav className={classes.places} aria-label={t("places")}>
        {places.map((place) => (
          <a
            key={place}
            className={classes.place}
            href={routeToHash({ screen: place })}
            aria-current={here(place) ? "page" : undefined}
          >
            {t(`place.${place}`)}
          </a>
        ))}
      </nav>
      <search className={classes.search}>
        <TextInput
          ref={props.searchRef}
          size="xs"
          type="search"
          placeholder={t("search.placeholder")}
          aria-label={t("search.label")}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={
            props.search === "" ? (
              <Kbd size="xs" aria-hidden>
                /
              </Kbd>
            ) : (
              <CloseButton size="xs" aria-label={t("search.clear")} onClick={() => props.onSearch("")} />
            )
          }
          value={props.search}
          maxLength={1000}
          onChange={(event) => props.onSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              if (props.search === "") event.currentTarget.blur();
              else props.onSearch("");
            }
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              document.querySelector<HTMLElement>("[data-case-list] a[tabindex='0']")?.focus();
            }
          }}
        />
      </search>
      <StatusBar />
      <UnstyledButton
        className={classes.help}
        aria-label={t("keys.help")}
        title={t("keys.help")}
        onClick={props.onHelp}
      >
        <Kbd size="xs">?</Kbd>
      </UnstyledButton>
    </header>
  );
}
