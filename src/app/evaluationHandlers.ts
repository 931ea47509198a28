import { NotegrainError } from "#core/errors.ts";
import type { EvaluationJob } from "./evaluation.ts";
import { evaluationFile } from "./evaluationFiles.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import { listReviewed } from "./reviewedNotes.ts";

/** Comparing systems on reviewed notes. */
export function evaluationHandlers(
  { store, shell, events }: AppContext,
  job: EvaluationJob,
): Pick<
  Handlers,
  | "evaluation.notes"
  | "evaluation.state"
  | "evaluation.start"
  | "evaluation.cancel"
  | "evaluation.list"
  | "evaluation.delete"
  | "evaluation.export"
> {
  return {
    "evaluation.notes": () => listReviewed(store),
    "evaluation.state": () => job.state(),
    "evaluation.start": (request) => job.start(request),
    "evaluation.cancel": () => job.cancel(),
    "evaluation.list": () => job.results(),
    "evaluation.delete": ({ evaluationId }) => {
      store.deleteEvaluation(evaluationId);
      events.emit("evaluation", job.state());
      return job.results();
    },
    "evaluation.export": async ({ evaluationId, format }) => {
      const result = job.results().find(({ id }) => id === evaluationId);
      if (!result) throw new NotegrainError("NG-NOT-FOUND", { what: "evaluation", name: evaluationId });
      const files = [evaluationFile(result, format)];
      const saved = await shell.saveFiles(files);
      return { saved, files: saved === false ? files : [] };
    },
  };
}
