import type { KeyDefinition } from "../frame/keys/keyMap.ts";

/** Keys for narrowing what is shown. */
export const keys = [
  { id: "filters.text", key: "f", group: "filters", label: "filters:keys.text" },
  { id: "filters.clear", key: "F", group: "filters", label: "filters:keys.clear" },
] as const satisfies readonly KeyDefinition[];
