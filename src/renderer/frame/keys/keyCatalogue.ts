import type { KeyDefinition } from "./keyMap.ts";

const rooms = import.meta.glob<readonly KeyDefinition[]>("../../*/keys.ts", { eager: true, import: "keys" });

/** Every key action of the app, from the `keys.ts` of each screen's folder, whether or not it is on screen. */
export const keyCatalogue: readonly KeyDefinition[] = Object.values(rooms).flat();
