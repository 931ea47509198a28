import type { ExamplesImport } from "#contract/examples.ts";
import { typeNames } from "#core/entity/entityTypes.ts";
import { readGroups } from "#core/entity/readFor.ts";
import { NotegrainError, type PlainError } from "#core/errors.ts";
import type { StoredExample } from "#core/exampleStore.ts";
import { type CheckedExamples, faultOf } from "#core/examples/checkExamples.ts";
import { relabelled } from "#core/examples/labels.ts";
import { countNearDuplicates } from "#core/examples/nearDuplicates.ts";
import { makeExample } from "#core/examples/splitExamples.ts";
import { bankStateOf, MOST_LISTED } from "./bankState.ts";
import { breathe } from "./breathe.ts";
import { faultErrors } from "./exampleBank.ts";
import { readExampleFiles } from "./exampleFiles.ts";
import { sha256Hex } from "./extractNote.ts";
import type { FewShot } from "./fewShot.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import { addInTurn, checkInTurn } from "./inTurn.ts";
import type { Queue } from "./queue.ts";
import { keepReviewed } from "./reviewedExamples.ts";
import { readSettings } from "./settings.ts";

type ExampleHandlers = Pick<
  Handlers,
  | "examples.list"
  | "examples.state"
  | "examples.index"
  | "examples.import"
  | "examples.importReviewed"
  | "examples.edit"
  | "examples.relabel"
  | "examples.readForAll"
  | "examples.mark"
  | "examples.delete"
  | "examples.used"
  | "examples.rerun"
>;

/** What runs of earlier versions did not count. */
const sinceCounted = {
  askedTokens: 0,
  leftOut: 0,
  nearDuplicates: 0,
  unread: 0,
  unreadTypes: [],
} as const;

/** The example bank, and the examples of a note. */
export function exampleHandlers(context: AppContext, queue: Queue, fewShot: FewShot): ExampleHandlers {
  const { store, events } = context;
  const changed = () => events.emit("examples", { indexing: null });
  const bankState = bankStateOf(context, fewShot);

  /** What became of those that were kept, and of the rest, file by file. */
  function reportOf(
    checked: readonly ({ readonly name: string } & CheckedExamples)[],
    added: number,
    errors: readonly PlainError[] = [],
  ): Omit<ExamplesImport, "nearDuplicates"> {
    const good = checked.reduce((sum, { examples }) => sum + examples.length, 0);
    const rows = checked.flatMap(({ name, unfit }) =>
      unfit.map(({ example: { text, spans }, fault }) => ({ name, text, spans, fault })),
    );
    return {
      added,
      known: good - added,
      errors: [...errors, ...checked.flatMap(({ name, unfit }) => faultErrors(name, unfit))],
      unfit: rows.slice(0, MOST_LISTED),
    };
  }

  /** The same, with how many of the new ones the bank had almost alike. */
  async function compared(report: ReturnType<typeof reportOf>): Promise<ExamplesImport> {
    if (report.added === 0) return { ...report, nearDuplicates: 0 };
    // The new ones stand last.
    const texts = store.allExamples().map(({ text }) => text);
    const from = Math.max(0, texts.length - report.added); // some may be deleted again meanwhile
    return { ...report, nearDuplicates: await countNearDuplicates(texts, from, breathe) };
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

    "examples.state": bankState,

    "examples.index": async () => {
      await fewShot.index();
      return bankState();
    },

    "examples.import": async ({ files }) => {
      const known = typeNames(readSettings(store).ownTypes);
      const { found, errors } = await readExampleFiles(files, known);
      const checked: ({ readonly name: string } & CheckedExamples)[] = [];
      for (const { name, examples } of found) checked.push({ name, ...(await checkInTurn(examples)) });
      const good = checked.flatMap(({ examples }) => examples);
      // Told where it ends early too: what was kept so far is there.
      const added = await addInTurn(
        store,
        good.map((example) => ({ ...example, origin: "gold" })),
      ).finally(changed);
      return compared(reportOf(checked, added, errors));
    },

    "examples.importReviewed": async () => {
      const kept = await keepReviewed(store).finally(changed);
      const added = kept.reduce((sum, note) => sum + note.added, 0);
      return compared(reportOf(kept, added));
    },

    "examples.edit": ({ id, text, spans }) => {
      const { source, sourceName, language } = find(id);
      const fault = faultOf({ text, spans });
      if (fault !== null) {
        throw new NotegrainError("NG-EXAMPLES", { name: sourceName, count: 1, reason: fault });
      }
      const edited = makeExample({ text, spans, source, language }, sha256Hex);
      store.replaceExample(id, edited);
      changed();
      return find(edited.id);
    },

    "examples.relabel": ({ label, type }) => {
      store.together(() => {
        const examples = store.allExamples();
        for (const { types } of readGroups(examples)) {
          store.setReadFor(
            types,
            types.map((name) => (name === label ? type : name)),
          );
        }
        for (const example of examples) {
          if (!example.spans.some((span) => span.type === label)) continue;
          const { id, text, source, language } = example;
          const spans = relabelled(example.spans, label, type);
          store.replaceExample(id, makeExample({ text, spans, source, language }, sha256Hex));
        }
      });
      changed();
      return {};
    },

    "examples.readForAll": ({ types }) => {
      store.setReadFor(types, null);
      changed();
      return {};
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
      return {
        ...sinceCounted,
        ...shown,
        used: shown.used.map((one) => ({ ...one, example: bank.get(one.id) ?? null })),
      };
    },

    "examples.rerun": ({ documentId, without }) => queue.start([documentId], without),
  };
}
