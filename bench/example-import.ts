// Keeping 100,000 examples of a corpus in the bank, and those of 1,000 reviewed notes:
// node bench/example-import.ts [examples]
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addInTurn } from "../src/app/inTurn.ts";
import { keepReviewed } from "../src/app/reviewedExamples.ts";
import { openStore } from "../src/store/openStore.ts";
import { entityOf, extractionOf, noteOf, plan } from "../test/support/storedNotes.ts";

const [size = 100_000] = process.argv.slice(2).map(Number);
const examples = Array.from({ length: size }, (_, i) => {
  const text = `On day ${i} she took aspirin 100 mg for her headache and was seen in the clinic again.`;
  const at = text.indexOf("aspirin");
  return {
    id: createHash("sha256").update(text).digest("hex"),
    text,
    spans: [{ type: "Medication", start: at, end: at + "aspirin".length }],
    source: `note ${i % 1000}`,
    language: "en" as const,
    origin: "gold" as const,
  };
});

type Store = Awaited<ReturnType<typeof openStore>>;

/**
 * Milliseconds of the whole, and the longest stretch in which no other request could run: on the clock, the wait for
 * the disk and for other programs included, and of the processor alone.
 */
async function cost(
  keep: (store: Store) => unknown,
  prepare: (store: Store) => void = () => {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "notegrain-bench-"));
  const store = await openStore(join(folder, "cases.db"));
  prepare(store);
  let isDone = false;
  const now = () => {
    const { user, system } = process.threadCpuUsage();
    return { clock: performance.now(), processor: (user + system) / 1000 };
  };
  const began = now();
  let last = began;
  const longest = { clock: 0, processor: 0 };
  const mark = () => {
    const { clock, processor } = now();
    longest.clock = Math.max(longest.clock, clock - last.clock);
    longest.processor = Math.max(longest.processor, processor - last.processor);
    last = { clock, processor };
    if (!isDone) setImmediate(mark);
  };
  setImmediate(mark);
  await keep(store);
  isDone = true;
  mark();
  const total = now().clock - began.clock;
  store.close();
  rmSync(folder, { recursive: true });
  const { clock, processor } = longest;
  return `${total.toFixed(0)} ms, at most ${clock.toFixed(1)} ms at a time (processor ${processor.toFixed(1)} ms)`;
}

for (const [name, keep] of [
  ["at once", (store: Store) => store.addExamples(examples)],
  ["in turn", (store: Store) => addInTurn(store, examples)],
] as const) {
  process.stdout.write(`${size} examples ${name}: ${await cost(keep)}\n`);
}

/** As many notes as are taken in at most, of forty sentences, each with a finding that was accepted. */
function review(store: Store): void {
  store.together(() => {
    for (let i = 0; i < 1000; i++) {
      const sentences = Array.from(
        { length: 40 },
        (_, at) => `On day ${i} she took drug${at} for her headache.`,
      );
      const note = noteOf(`${i}.txt`, sentences.join(" "));
      const { documentId } = store.addDocument(note);
      const found = sentences.map((_, at) =>
        entityOf(note.text, `e${at}`, "Medication", `drug${at} `.trim()),
      );
      const accepted = found.map((entity) => ({ ...entity, status: "accepted" as const }));
      store.finishRun(store.startRun(documentId, plan), extractionOf(note, accepted));
    }
  });
}
process.stdout.write(`1000 reviewed notes, 40,000 examples: ${await cost(keepReviewed, review)}\n`);
