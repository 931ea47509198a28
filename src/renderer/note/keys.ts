import type { KeyDefinition } from "../frame/keys/keyMap.ts";

/** Keys for walking through the open note. */
export const keys = [
  { id: "note.next", key: "j", group: "note", label: "note:keys.next" },
  { id: "note.previous", key: "k", group: "note", label: "note:keys.previous" },
  { id: "note.leastCertain", key: "n", group: "note", label: "note:keys.leastCertain" },
  { id: "note.details", key: "Enter", group: "note", label: "note:keys.details" },
  { id: "note.legend", key: "L", group: "note", label: "note:keys.legend" },
  { id: "note.labels", key: "b", group: "note", label: "note:keys.labels" },
  { id: "note.findings", key: "v", group: "note", label: "note:keys.findings" },
  { id: "note.fold", key: "p", group: "note", label: "note:keys.fold" },
  { id: "note.nextDocument", key: ".", group: "note", label: "note:keys.nextDocument" },
  { id: "note.previousDocument", key: ",", group: "note", label: "note:keys.previousDocument" },
  { id: "note.export", key: "e", also: ["g e"], group: "note", label: "note:keys.export" },
] as const satisfies readonly KeyDefinition[];
