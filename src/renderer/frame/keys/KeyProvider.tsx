import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSettings } from "../../state/settings.tsx";
import { chordOf } from "./chord.ts";
import { createMatcher, type KeyDefinition, keysOf } from "./keyMap.ts";

/** An action that is on screen now: its definition and what it does. */
export type ActiveKey = { readonly definition: KeyDefinition; run(event?: KeyboardEvent): void };

type Registry = {
  add(entries: readonly ActiveKey[]): () => void;
  readonly active: readonly ActiveKey[];
};

const RegistryContext = createContext<Registry | null>(null);

export const onMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Listens for the app's keys. Off while the user types, and inside dialogs, menus and lists, which have keys of their own. */
export function KeyProvider(props: { readonly children: ReactNode }) {
  const { settings } = useSettings();
  const [active, setActive] = useState<readonly ActiveKey[]>([]);
  const add = useCallback((entries: readonly ActiveKey[]) => {
    setActive((last) => [...last, ...entries]);
    return () => setActive((last) => last.filter((entry) => !entries.includes(entry)));
  }, []);

  const bound = useMemo(() => {
    const map = new Map<string, ActiveKey>();
    for (const entry of active)
      for (const key of keysOf(entry.definition, settings.keys)) map.set(key, entry);
    return map;
  }, [active, settings.keys]);
  const latest = useRef(bound);
  useEffect(() => {
    latest.current = bound;
  }, [bound]);

  useEffect(() => {
    const match = createMatcher<ActiveKey>();
    function onKeyDown(event: KeyboardEvent): void {
      const chord = event.defaultPrevented ? null : chordOf(event, onMac);
      if (chord === null) return;
      const place = placeOf(event.target);
      // What has the focus needs these for itself: a button to be pressed, a slider to be moved.
      if ((place === "control" || place === "moving") && (chord === "Space" || chord === "Enter")) return;
      if (place === "moving" && /^(Shift\+)?(Arrow|Page|Home|End)/.test(chord)) return;
      const found = match(chord, latest.current, event.timeStamp);
      if (found.kind === "none") return;
      const whileTyping = found.kind === "run" && found.action.definition.whileTyping === true;
      if ((place === "typing" || place === "overlay") && !whileTyping) return;
      event.preventDefault();
      if (found.kind === "run") found.action.run(event);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  const registry = useMemo(() => ({ add, active }), [add, active]);
  return <RegistryContext value={registry}>{props.children}</RegistryContext>;
}

/** What has the keyboard focus, as far as it changes the meaning of keys. */
function placeOf(target: EventTarget | null): "typing" | "overlay" | "moving" | "control" | "page" {
  if (!(target instanceof Element)) return "page";
  const is = (selector: string) => target.closest(selector) !== null;
  if (
    is("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]")
  ) {
    return "typing";
  }
  if (is("[role=dialog], [role=menu], [role=listbox]")) return "overlay";
  if (is("[role=slider], [role=separator], [role=tab], [type=radio], [type=range]")) return "moving";
  return is("button, a[href], input, summary") ? "control" : "page";
}

/** The actions that are on screen now, for the palette and the help overlay. */
export function useKeyRegistry(): Registry {
  const registry = use(RegistryContext);
  if (registry === null) throw new Error("useKeys needs a KeyProvider above it");
  return registry;
}
