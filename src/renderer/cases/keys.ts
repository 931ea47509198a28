import type { KeyDefinition } from "../frame/keys/keyMap.ts";

/** Keys of the case list. */
export const keys = [
  { id: "cases.next", key: "J", group: "cases", label: "cases:keys.next" },
  { id: "cases.previous", key: "K", group: "cases", label: "cases:keys.previous" },
  { id: "cases.focus", key: "l", group: "cases", label: "cases:keys.focus" },
] as const satisfies readonly KeyDefinition[];
