import type { KeyDefinition } from "../frame/keys/keyMap.ts";

/** Keys for correcting what the model found. */
export const keys = [
  { id: "review.accept", key: "a", group: "review", label: "review:keys.accept" },
  { id: "review.reject", key: "x", group: "review", label: "review:keys.reject" },
  { id: "review.retype", key: "t", group: "review", label: "review:keys.retype" },
  { id: "review.add", key: "Space", group: "review", label: "review:keys.add" },
  { id: "review.link", key: "r", group: "review", label: "review:keys.link" },
  { id: "review.acceptAbove", key: "A", group: "review", label: "review:keys.acceptAbove" },
  { id: "review.undo", key: "u", also: ["Mod+z"], group: "review", label: "review:keys.undo" },
  { id: "review.redo", key: "U", also: ["Mod+Shift+z", "Mod+y"], group: "review", label: "review:keys.redo" },
  {
    id: "review.startBack",
    key: "[",
    also: ["Mod+Shift+ArrowLeft"],
    group: "review",
    label: "review:keys.startBack",
  },
  {
    id: "review.startOn",
    key: "]",
    also: ["Mod+Shift+ArrowRight"],
    group: "review",
    label: "review:keys.startOn",
  },
  {
    id: "review.endBack",
    key: "{",
    also: ["Shift+ArrowLeft"],
    group: "review",
    label: "review:keys.endBack",
  },
  { id: "review.endOn", key: "}", also: ["Shift+ArrowRight"], group: "review", label: "review:keys.endOn" },
  { id: "review.startBackCharacter", key: "Alt+[", group: "review", label: "review:keys.startBackCharacter" },
  { id: "review.startOnCharacter", key: "Alt+]", group: "review", label: "review:keys.startOnCharacter" },
  {
    id: "review.endBackCharacter",
    key: "Alt+{",
    also: ["Alt+Shift+ArrowLeft"],
    group: "review",
    label: "review:keys.endBackCharacter",
  },
  {
    id: "review.endOnCharacter",
    key: "Alt+}",
    also: ["Alt+Shift+ArrowRight"],
    group: "review",
    label: "review:keys.endOnCharacter",
  },
  { id: "review.wordBack", key: "ArrowLeft", group: "review", label: "review:keys.wordBack" },
  { id: "review.wordOn", key: "ArrowRight", group: "review", label: "review:keys.wordOn" },
] as const satisfies readonly KeyDefinition[];
