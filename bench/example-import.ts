// Keeping 100,000 examples of a corpus in the bank: node bench/example-import.ts [examples]
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addInTurn } from "../src/app/inTurn.ts";
import { openStore } from "../src/store/openStore.ts";

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
async function cost(keep: (store: Store) => unknown): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "notegrain-bench-"));
  const store = await openStore(join(folder, "cases.db"));
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
