import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { defaultSettings } from "#contract/defaultSettings.ts";
import type { RequestOf } from "#contract/methods.ts";
import type { Settings } from "#contract/records.ts";
import { useClient, useEvent } from "./client.tsx";

export type SettingsHandle = {
  readonly settings: Settings;
  /** Takes effect at once and is stored behind it; a change that cannot be stored is taken back. Rejects then with a NotegrainError. */
  change(patch: Partial<Settings>): Promise<void>;
};

const SettingsContext = createContext<SettingsHandle | null>(null);

/** Loads the settings once and keeps them current, also when another window changes them. */
export function SettingsProvider(props: { readonly children: ReactNode }) {
  const client = useClient();
  const [settings, setSettings] = useState(defaultSettings);

  // While changes are on their way, what the backend tells is older than what the user sees.
  const underWay = useRef(0);

  const load = useCallback(() => {
    client.call("settings.get", {}).then(
      (stored) => {
        if (underWay.current === 0) setSettings(stored);
      },
      // A lost backend has its banner; the settings in hand stay.
      () => undefined,
    );
  }, [client]);
  useEffect(load, [load]);
  useEvent("settings", load);
  useEvent("backend", ({ error }) => {
    if (error === null) load();
  });

  const change = useCallback(
    async (patch: Partial<Settings>) => {
      setSettings((last) => ({ ...last, ...patch }));
      underWay.current += 1;
      try {
        // The schema's input type is mutable; what is sent is only read.
        await client.call("settings.set", patch as RequestOf<"settings.set">);
      } finally {
        underWay.current -= 1;
        if (underWay.current === 0) load();
      }
    },
    [client, load],
  );
  const handle = useMemo(() => ({ settings, change }), [settings, change]);
  return <SettingsContext value={handle}>{props.children}</SettingsContext>;
}

/** The user's settings and how to change them. */
export function useSettings(): SettingsHandle {
  const handle = use(SettingsContext);
  if (handle === null) throw new Error("useSettings needs a SettingsProvider above it");
  return handle;
}
