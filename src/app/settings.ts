import { defaultSettings } from "#contract/defaultSettings.ts";
import type { Settings } from "#contract/records.ts";
import { readOwnTypes } from "#core/entity/ownTypes.ts";
import type { StorePort } from "#core/storePort.ts";
import type { AppContext, Handlers } from "./handlers.ts";

const key = "settings";

/** The settings as they were kept, over the defaults. */
export function readSettings(store: StorePort): Settings {
  return { ...defaultSettings, ...(store.getSetting(key) as Partial<Settings> | undefined) };
}

export function settingsHandlers({
  store,
  events,
}: AppContext): Pick<Handlers, "settings.get" | "settings.set"> {
  return {
    "settings.get": () => readSettings(store),
    "settings.set": (change) => {
      if (change.ownTypes?.length) readOwnTypes(JSON.stringify(change.ownTypes)); // throws where one cannot be used
      store.setSetting(key, { ...(store.getSetting(key) as object | undefined), ...change });
      events.emit("settings", {});
      return readSettings(store);
    },
  };
}
