import type { Entity } from "#core/entity/entity.ts";
import type { PlainError } from "#core/errors.ts";
import type { EvaluationState } from "./evaluation.ts";
import type { IndexingState } from "./examples.ts";
import type { QueueState } from "./records.ts";

/** What the backend tells without being asked. Events broadcast state; none asks for an answer. */
export type Events = {
  queue: QueueState;
  /** Entities as they are found; `progress` is the share of the text read. The final list comes with documents.get. */
  entities: { readonly documentId: string; readonly entities: readonly Entity[]; readonly progress: number };
  /** A note's stored state changed (run finished, failed, or corrected in another window). */
  document: { readonly documentId: string; readonly caseId: string };
  /** Cases were added, renamed or deleted. */
  cases: Record<string, never>;
  /** A comparison began, moved on, or ended. */
  evaluation: EvaluationState;
  /** The example bank changed, or, with `indexing`, vectors of it are being made. */
  examples: { readonly indexing: IndexingState | null };
  settings: Record<string, never>;
  models: Record<string, never>;
  /** The shell was handed notes ("Open with", a menu): show this screen, or this case. */
  open: { readonly screen: "cases" | "settings" | "about" } | { readonly caseId: string };
  /** The backend died (error) or is there again (null). */
  backend: { readonly error: PlainError | null };
};

export type EventName = keyof Events;

/** Every event by name, for whoever passes them all on. */
export const eventNames = [
  "queue", "entities", "document", "cases", "evaluation", "examples", "settings", "models", "open", "backend",
] as const satisfies readonly EventName[]; // biome-ignore format: one line reads best
