import type { ExamplesImport } from "#contract/examples.ts";
import type { Example } from "#core/entity/example.ts";
import { NotegrainError, type PlainError } from "#core/errors.ts";
import type { ExampleOrigin, StoredExample } from "#core/exampleStore.ts";
import { checkExamples, exampleFaults, faultOf } from "#core/examples/checkExamples.ts";
import { makeExample } from "#core/examples/splitExamples.ts";
import { faultErrors, goldExamples } from "./exampleBank.ts";
import { readExampleFiles } from "./exampleFiles.ts";
import { sha256Hex } from "./extractNote.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import type { Queue } from "./queue.ts";
import { listReviewed, reviewedGold } from "./reviewedNotes.ts";

type ExampleHandlers = Pick<
  Handlers,
  | "examples.list"
  | "examples.import"
  | "examples.importReviewed"
  | "examples.edit"
  | "examples.mark"
  | "examples.delete"
  | "examples.used"
  | "examples.rerun"
>;

/** The example bank, and the examples of a note. */
export function exampleHandlers({ store, events }: AppContext, queue: Queue): ExampleHandlers {
  const changed = () => events.emit("examples", { indexing: null });

  /** Keeps what can be shown of these, and tells of the rest. */
  function keep(
    name: string,
    found: readonly Example[],
    origin: ExampleOrigin,
    errors: readonly PlainError[] = [],
  ): ExamplesImport {
    const { examples, faults } = checkExamples(found);
    const added = store.addExamples(examples.map((example) => ({ ...example, origin })));
    changed();
    return { added, known: examples.length - added, errors: [...errors, ...faultErrors(name, faults)] };
  }

  function find(id: string): StoredExample {
    const example = store.allExamples().find((one) => one.id === id);
    if (!example) throw new NotegrainError("NG-NOT-FOUND", { what: "example", name: id });
    return example;
  }

  return {
    "examples.list": ({ type, marked, ...query }) => ({
      ...store.listExamples({ ...query, ...(type !== null && { type }), ...(marked !== null && { marked }) }),
      size: store.listExamples({ limit: 1 }).total,
    }),

    "examples.import": async ({ files }) => {
      const { examples, errors } = await readExampleFiles(files);
      return keep(files[0]?.name ?? "", examples, "gold", errors);
    },

    "examples.importReviewed": async () => {
      const notes = await listReviewed(store);
      const found = notes.flatMap(({ documentId }) => goldExamples(reviewedGold(store, [documentId]).gold));
      const now = new Set(found.map(({ id }) => id));
      const sources = new Set(notes.map(({ documentId }) => documentId));
      const gone = store
        .allExamples()
        .filter(({ id, origin, source }) => origin === "review" && sources.has(source) && !now.has(id));
      return store.together(() => {
        store.deleteExamples(gone.map(({ id }) => id));
        return keep("review", found, "review");
      });
    },

    "examples.edit": ({ id, text, spans }) => {
      const { source, language } = find(id);
      const fault = faultOf({ text, spans });
      if (fault !== null) {
        throw new NotegrainError("NG-EXAMPLES", { name: source, count: 1, reason: exampleFaults[fault] });
      }
      const edited = makeExample({ text, spans, source, language }, sha256Hex);
      store.replaceExample(id, edited);
      changed();
      return find(edited.id);
    },

    "examples.mark": ({ ids, isPinned, isBanned }) => {
      store.markExamples(ids, {
        ...(isPinned !== undefined && { isPinned }),
        ...(isBanned !== undefined && { isBanned }),
      });
      changed();
      return {};
    },

    "examples.delete": ({ ids }) => {
      store.deleteExamples(ids);
      changed();
      return {};
    },

    "examples.used": ({ documentId }) => {
      const run = store.latestRun(documentId);
      const shown = run && store.extraction(run.runId).examples;
      if (!shown) return null;
      const bank = new Map(store.allExamples().map((example) => [example.id, example]));
      return { ...shown, used: shown.used.map((one) => ({ ...one, example: bank.get(one.id) ?? null })) };
    },

    "examples.rerun": ({ documentId, without }) => queue.start([documentId], without),
  };
}
