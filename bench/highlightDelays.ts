import { performance } from "node:perf_hooks";
import { startApp } from "../e2e/support/app.ts";
import { fakeModels } from "../e2e/support/fakeModels.ts";
import { noteOfWords } from "../e2e/support/largeNote.ts";
import { addNote } from "../e2e/support/readNote.ts";
import type { ModelLibrary } from "../src/app/ports.ts";

/** Words of a note whose highlights are all on screen. */
const WORDS = 150;
/** Milliseconds of each call of the model, as of one that reads a note in a few seconds. */
const CALL = 60;

/**
 * How long new entities take to the screen, in milliseconds by the clock, from the end of the call of the model
 * that settled their window: what is found is final with its window. It is the last call before the telling,
 * since a telling waits no longer (50 ms) than a call takes.
 */
export async function highlightDelays(): Promise<number[]> {
  const calls: number[] = [];
  const told: { readonly at: number; readonly entities: number }[] = [];
  const app = await startApp({ models: watched(fakeModels({ delay: CALL }), () => calls.push(now())) });
  try {
    app.backend.on("entities", ({ entities }) => told.push({ at: now(), entities: entities.length }));
    await app.ask("queue.pause", {});
    const { caseId, documentId } = await addNote(app, "a.txt", noteOfWords(WORDS));
    await app.page.goto(`${new URL(app.page.url()).origin}/#/case/${caseId}`);
    await app.page.locator("[role=document]").waitFor();
    await app.page.evaluate(watchMarks);
    await app.ask("queue.resume", {});
    while ((await app.ask("documents.get", { documentId })).status !== "done")
      await new Promise((resolve) => setTimeout(resolve, 50));
    await app.page.waitForTimeout(500);
    const shown = (await app.page.evaluate("window.shown")) as { at: number; entities: number }[];
    return told.flatMap(({ at, entities }, index) => {
      const before = told[index - 1];
      if (entities <= (before?.entities ?? 0)) return [];
      const found = calls.findLast((call) => call <= at);
      const seen = shown.find((frame) => frame.entities >= entities);
      return found === undefined || seen === undefined ? [] : [seen.at - found];
    });
  } finally {
    await app.close();
  }
}

/** Milliseconds on the clock that this process and the page share. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Notes, frame by frame, how many entities are on screen. */
const watchMarks = `{
  window.shown = [];
  const look = () => {
    const entities = new Set([...document.querySelectorAll("[data-entity-id]")].map((mark) => mark.dataset.entityId)).size;
    if (entities > (window.shown.at(-1)?.entities ?? 0))
      window.shown.push({ at: performance.timeOrigin + performance.now(), entities });
    requestAnimationFrame(look);
  };
  look();
}`;

/** The library, with a word at the end of each call of its model. */
function watched(models: ModelLibrary, onCall: () => void): ModelLibrary {
  return {
    ...models,
    async open(use) {
      const port = await models.open(use);
      return {
        ...port,
        async openSequence() {
          const sequence = await port.openSequence();
          return {
            ...sequence,
            get tokens() {
              return sequence.tokens;
            },
            async evaluate(...asked) {
              const answer = await sequence.evaluate(...asked);
              onCall();
              return answer;
            },
          };
        },
      };
    },
  };
}
