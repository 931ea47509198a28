import type { WireMessage } from "./client.ts";
import type { Method } from "./methods.ts";

/** Every method by name, without the schemas, so that the preload stays small. */
export const methodNames = [
  "cases.list",
  "cases.get",
  "cases.rename",
  "cases.delete",
  "notes.import",
  "notes.importByDialog",
  "notes.importExample",
  "documents.get",
  "documents.replies",
  "queue.get",
  "queue.start",
  "queue.cancel",
  "queue.pause",
  "queue.resume",
  "queue.retry",
  "queue.clearFinished",
  "review.apply",
  "review.undo",
  "review.redo",
  "export.preview",
  "export.save",
  "export.drag",
  "export.history",
  "models.list",
  "models.checkByDialog",
  "models.upload",
  "models.add",
  "models.remove",
  "models.choose",
  "evaluation.notes",
  "evaluation.state",
  "evaluation.start",
  "evaluation.cancel",
  "evaluation.list",
  "evaluation.delete",
  "evaluation.export",
  "examples.list",
  "examples.state",
  "examples.index",
  "examples.import",
  "examples.importReviewed",
  "examples.edit",
  "examples.relabel",
  "examples.readForAll",
  "examples.mark",
  "examples.delete",
  "examples.used",
  "examples.rerun",
  "settings.get",
  "settings.set",
  "about.get",
  "about.processors",
] as const satisfies readonly Method[];

/**
 * What the preload gives to the page, as `window.notegrain`: one function a method, and no way to name a
 * channel. Answers and events come back as messages.
 */
export type Bridge = {
  readonly methods: Readonly<Record<Method, (id: number, request: unknown) => void>>;
  cancel(id: number): void;
  /** The page's one listener; a second call replaces the first. */
  listen(listener: (message: WireMessage) => void): void;
};
