import type { Settings } from "#contract/records.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import type { StorePort } from "#core/storePort.ts";
import type { AppContext, Handlers } from "./handlers.ts";

const key = "settings";

const defaults: Settings = {
  language: "auto",
  theme: "auto",
  fontSize: 16,
  alwaysShowLabels: false,
  threads: 0,
  gpuLayers: -1,
  types: entityTypes.map((type) => type.name),
  outputFormat: "grounded",
  autoRun: true,
  keys: {},
};

/** The settings as they were kept, over the defaults. */
export function readSettings(store: StorePort): Settings {
  return { ...defaults, ...(store.getSetting(key) as Partial<Settings> | undefined) };
}

export function settingsHandlers({
  store,
  events,
}: AppContext): Pick<Handlers, "settings.get" | "settings.set"> {
  return {
    "settings.get": () => readSettings(store),
    "settings.set": (change) => {
      store.setSetting(key, { ...(store.getSetting(key) as object | undefined), ...change });
      events.emit("settings", {});
      return readSettings(store);
    },
  };
}
