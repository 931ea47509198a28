import type { StorePort } from "#core/storePort.ts";
import type { StoreContext } from "./context.ts";

/** Keys and JSON values that belong to the store, such as how the list was sorted last. */
export function settingCalls({ sql }: StoreContext): Pick<StorePort, "getSetting" | "setSetting"> {
  return {
    getSetting: (key) => {
      const row = sql.one<{ value: string }>("SELECT value FROM settings WHERE key = ?", [key]);
      return row === undefined ? undefined : JSON.parse(row.value);
    },
    setSetting: (key, value) => {
      sql.run(
        "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, JSON.stringify(value)],
      );
    },
  };
}
