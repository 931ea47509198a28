import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import { Notifications } from "@mantine/notifications";
import { type ReactNode, useEffect, useMemo } from "react";
import { I18nextProvider } from "react-i18next";
import type { Client } from "#contract/client.ts";
import { ImportProvider } from "../import/ImportProvider.tsx";
import { ModelCheckProvider } from "../models/ModelCheckProvider.tsx";
import { ClientProvider } from "../state/client.tsx";
import { QueueProvider } from "../state/queue.tsx";
import { SettingsProvider, useSettings } from "../state/settings.tsx";
import classes from "./App.module.css";
import { Frame } from "./Frame.tsx";
import { KeyProvider } from "./keys/KeyProvider.tsx";
import { RouteProvider } from "./route.tsx";
import { createTexts, languageOf } from "./text.ts";
import { surfaces, theme } from "./theme.ts";

/** The whole app over one line to the backend. `nonce` is what the page's policy asks of styles; empty where it asks nothing. */
export function App(props: { readonly client: Client; readonly nonce: string }) {
  return (
    <ClientProvider client={props.client}>
      <SettingsProvider>
        <Look nonce={props.nonce}>
          <QueueProvider>
            <KeyProvider>
              <RouteProvider>
                <ModelCheckProvider>
                  <ImportProvider>
                    <Notifications className={classes.notices} position="bottom-right" limit={4} />
                    <Frame />
                  </ImportProvider>
                </ModelCheckProvider>
              </RouteProvider>
            </KeyProvider>
          </QueueProvider>
        </Look>
      </SettingsProvider>
    </ClientProvider>
  );
}

/** Theme, language and size of the note's text, as the settings say. */
function Look(props: { readonly nonce: string; readonly children: ReactNode }) {
  const { settings } = useSettings();
  const language = languageOf(settings.language, navigator.language);
  const texts = useMemo(() => createTexts(language), [language]);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    document.documentElement.style.setProperty("--note-font-size", `${settings.fontSize}px`);
  }, [language, settings.fontSize]);

  return (
    <I18nextProvider i18n={texts}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={surfaces}
        defaultColorScheme="auto"
        {...(settings.theme !== "auto" && { forceColorScheme: settings.theme })}
        getStyleNonce={() => props.nonce}
      >
        {props.children}
      </MantineProvider>
    </I18nextProvider>
  );
}
