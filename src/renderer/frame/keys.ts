import type { KeyDefinition } from "./keys/keyMap.ts";

/** Keys that work on every screen. */
export const keys = [
  { id: "app.palette", key: "Mod+k", group: "app", label: "app:keys.palette", whileTyping: true },
  { id: "app.search", key: "/", group: "app", label: "app:keys.search" },
  { id: "app.help", key: "?", group: "app", label: "app:keys.help" },
  { id: "app.import", key: "i", group: "app", label: "app:keys.import" },
  { id: "app.theme", key: "Alt+t", group: "app", label: "app:keys.theme" },
  { id: "go.cases", key: "g c", group: "go", label: "app:keys.goCases" },
  { id: "go.queue", key: "g q", group: "go", label: "app:keys.goQueue" },
  { id: "go.models", key: "g m", group: "go", label: "app:keys.goModels" },
  { id: "go.examples", key: "g x", group: "go", label: "app:keys.goExamples" },
  { id: "go.evaluation", key: "g v", group: "go", label: "app:keys.goEvaluation" },
  { id: "go.settings", key: "g s", group: "go", label: "app:keys.goSettings" },
  { id: "go.about", key: "g a", group: "go", label: "app:keys.goAbout" },
] as const satisfies readonly KeyDefinition[];
