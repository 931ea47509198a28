// Counting near-duplicates at an import into a bank of 100,000 examples: node bench/near-duplicates.ts [examples]
import { createRandom } from "../src/core/evaluate/random.ts";
import { countNearDuplicates } from "../src/core/examples/nearDuplicates.ts";

const [size = 100_000] = process.argv.slice(2).map(Number);
/** Words of an example; those of a clinical corpus have about so many. */
const WORDS = 20;
const VOCABULARY = 20_000;

const random = createRandom(1);
/** Few words are frequent and many are rare, as in a language (Zipf). */
const sentence = () =>
  Array.from({ length: WORDS }, () => `w${Math.floor(VOCABULARY ** random())}`).join(" ");
/** Mostly other sentences, and one in ten that was there before but for a word. */
const texts = Array.from({ length: size }, sentence);
for (let i = 1; i < size; i += 10) texts[i] = `${texts[i - 1]} more`;

/** Processor milliseconds of this thread: all of them, and the longest stretch in which nothing else could run. */
async function cost(bank: readonly string[], from: number): Promise<{ total: number; longest: number }> {
  const now = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const began = now();
  let [last, longest] = [began, 0];
  const mark = () => {
    longest = Math.max(longest, now() - last);
    last = now();
  };
  await countNearDuplicates(bank, from, async () => {
    mark();
    await new Promise((resolve) => setImmediate(resolve));
    last = now();
  });
  mark();
  return { total: now() - began, longest };
}

await cost(texts.slice(0, 2000), 0); // warm
const tenth = texts.slice(0, size / 10);
const whole = await cost(texts, 0);
const part = await cost(tenth, 0);
for (const [name, { total, longest }] of [
  [`all of ${size} new`, whole],
  [`all of ${tenth.length} new`, part],
  [`100 new beside ${size - 100}`, await cost(texts, size - 100)],
] as const) {
  process.stdout.write(
    `${name.padEnd(26)} ${total.toFixed(0)} ms, at most ${longest.toFixed(1)} ms at a time\n`,
  );
}
process.stdout.write(`ten times the examples take ${(whole.total / part.total).toFixed(1)} times as long\n`);
