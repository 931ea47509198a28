import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Settings } from "#contract/records.ts";
import type { Language } from "#core/document/noteDocument.ts";
import { catalogue } from "../language/catalogue.ts";

/** The texts of the app, ready at once: nothing is loaded later. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: catalogue,
    ns: Object.keys(catalogue.en),
    defaultNS: "app",
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}

/** The language to show: the user's choice, else the system's where it is Chinese, else English. */
export function languageOf(setting: Settings["language"], system: string): Language {
  if (setting !== "auto") return setting;
  return system.toLowerCase().startsWith("zh") ? "zh" : "en";
}
