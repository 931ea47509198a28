import { createContext, type ReactNode, use, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useSettings } from "../../state/settings.tsx";
import { chordOf } from "./chord.ts";
import { createMatcher, type KeyDefinition, keysOf } from "./keyMap.ts";

/** An action that is on screen now: its definition and what it does. */
export type ActiveKey = { readonly definition: KeyDefinition; run(event?: KeyboardEvent): void };

/** Binds actions until the function that it answers is called. */
type BindKeys = (entries: readonly ActiveKey[]) => () => void;

// Apart, so that whoever binds keys is not drawn anew whenever another does.
const BindContext = createContext<BindKeys | null>(null);
const ActiveContext = createContext<readonly ActiveKey[]>([]);

export const onMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Listens for the app's keys. Off while the user types, and inside dialogs, menus and lists, which have keys of their own. */
export function KeyProvider(props: { readonly children: ReactNode }) {
  const { settings } = useSettings();
  const [active, setActive] = useState<readonly ActiveKey[]>([]);
  // What a key press asks. It holds from the moment of binding: state would hold a drawing later, and a key pressed
  // as soon as a screen is seen would be lost.
  const present = useRef(active);
  const bind = useCallback<BindKeys>((entries) => {
    const change = (next: readonly ActiveKey[]) => {
      present.current = next;
      setActive(next);
    };
    change([...present.current, ...entries]);
    return () => change(present.current.filter((entry) => !entries.includes(entry)));
  }, []);
  const own = useRef(settings.keys);
  useLayoutEffect(() => {
    own.current = settings.keys;
  }, [settings.keys]);

  useLayoutEffect(() => {
    const match = createMatcher<ActiveKey>();
    function onKeyDown(event: KeyboardEvent): void {
      const chord = event.defaultPrevented ? null : chordOf(event, onMac);
      if (chord === null) return;
      const place = placeOf(event.target);
      // What has the focus needs these for itself: a button to be pressed, a slider to be moved.
      if ((place === "control" || place === "moving") && (chord === "Space" || chord === "Enter")) return;
      if (place === "moving" && /^(Shift\+)?(Arrow|Page|Home|End)/.test(chord)) return;
      const found = match(chord, boundKeys(present.current, own.current), event.timeStamp);
      if (found.kind === "none") return;
      const whileTyping = found.kind === "run" && found.action.definition.whileTyping === true;
      if ((place === "typing" || place === "overlay") && !whileTyping) return;
      event.preventDefault();
      if (found.kind === "run") found.action.run(event);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <BindContext value={bind}>
      <ActiveContext value={active}>{props.children}</ActiveContext>
    </BindContext>
  );
}

function boundKeys(active: readonly ActiveKey[], own: Readonly<Record<string, string>>) {
  return new Map(active.flatMap((entry) => keysOf(entry.definition, own).map((key) => [key, entry])));
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

/** The actions that are on screen now, for the palette. */
export function useActiveKeys(): readonly ActiveKey[] {
  return use(ActiveContext);
}

export function useBindKeys(): BindKeys {
  const bind = use(BindContext);
  if (bind === null) throw new Error("useKeys needs a KeyProvider above it");
  return bind;
}
