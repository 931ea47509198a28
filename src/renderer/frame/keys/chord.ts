/** The parts of a keyboard event that name a key. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

// On a Mac, Alt types another character (Alt+[ gives “), so its chords go by the place of the key.
const byPlace: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Slash: ["/", "?"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Backslash: ["\\", "|"],
  Backquote: ["`", "~"],
};

/**
 * The chord of a key press, such as "a", "U", "{", "Alt+[", "Mod+k", "Shift+ArrowLeft", "Space".
 * "Mod" is Command on a Mac and Ctrl elsewhere. Shift shows in the character where there is one.
 * Null for a lone modifier and while an input method composes.
 */
export function chordOf(press: KeyPress, mac: boolean): string | null {
  if (press.isComposing || ["Shift", "Control", "Alt", "Meta", "Dead", "Process"].includes(press.key))
    return null;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  let key = press.key === " " ? "Space" : press.key;
  if (press.altKey) {
    const place = byPlace[press.code];
    if (place !== undefined) key = place[press.shiftKey ? 1 : 0];
    else if (letter !== undefined) key = press.shiftKey ? letter : letter.toLowerCase();
  }
  const other = mac ? press.ctrlKey : press.metaKey;
  const mod = mac ? press.metaKey : press.ctrlKey;
  // With Mod, Shift is named and the letter stays small, whatever Caps Lock says.
  const named = key.length > 1 || mod;
  if (mod && key.length === 1) key = key.toLowerCase();
  return [
    mod ? "Mod" : "",
    other ? (mac ? "Ctrl" : "Meta") : "",
    press.altKey ? "Alt" : "",
    press.shiftKey && named ? "Shift" : "",
    key,
  ]
    .filter((part) => part !== "")
    .join("+");
}

const reserved = new Set(
  [
    "t",
    "n",
    "w",
    "r",
    "q",
    "p",
    "l",
    "d",
    "h",
    "j",
    "m",
    "o",
    "s",
    "f",
    "g",
    "a",
    "c",
    "x",
    "v",
    "+",
    "-",
    "0",
  ]
    .flatMap((key) => [`Mod+${key}`, `Mod+Shift+${key}`])
    .concat(["F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Tab", "Shift+Tab", "Escape", "Alt+F4"])
    .concat(["Alt+ArrowLeft", "Alt+ArrowRight", "Mod+Tab", "Mod+Shift+Tab", "Meta+l"]),
);

/** Whether browser or system want this chord for themselves, or the app could not do without it (Tab, Escape). */
export function isReserved(chord: string): boolean {
  return reserved.has(chord);
}

const names: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "↵",
};
const macNames: Readonly<Record<string, string>> = { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" };

/** A chord or sequence as caps to show: "g c" → [["g"], ["c"]], "Mod+k" → [["⌘", "K"]] or [["Ctrl", "K"]]. */
export function chordCaps(keys: string, mac: boolean): string[][] {
  return keys.split(" ").map((chord) => {
    const parts = chord.split(/\+(?!$)/);
    return parts.map((part, index) => {
      const modifier = mac ? macNames[part] : part === "Mod" ? "Ctrl" : undefined;
      const word = modifier ?? names[part] ?? part;
      return index > 0 && word.length === 1 ? word.toUpperCase() : word;
    });
  });
}
