import type { Example } from "#core/entity/example.ts";
import type { ExampleStore } from "#core/exampleStore.ts";
import { type CheckedExamples, checkExamples } from "#core/examples/checkExamples.ts";
import { breathe } from "./breathe.ts";

/** Examples checked, or kept in one transaction, between two breaths. Half as many wait for the disk twice as often. */
const BREATH = 1000;

/** The same as `checkExamples`, some at a time: other requests have their turn between. */
export async function checkInTurn<Kind extends Example>(
  examples: Parameters<typeof checkExamples<Kind>>[0],
): Promise<CheckedExamples<Kind>> {
  const good = new Map<string, Kind>();
  const unfit: CheckedExamples<Kind>["unfit"][number][] = [];
  for (let from = 0; from < examples.length; from += BREATH) {
    const part = checkExamples(examples.slice(from, from + BREATH));
    for (const example of part.examples) good.set(example.id, example);
    unfit.push(...part.unfit);
    await breathe();
  }
  return { examples: [...good.values()], unfit };
}

/**
 * Keeps examples some at a time, each time all of these or none: other requests have their turn between. One
 * transaction for all of them would hold what others write meanwhile. Where it ends early, those that it came to
 * stay; the same call again keeps the rest, and none twice.
 * @returns how many are new
 */
export async function addInTurn(
  store: Pick<ExampleStore, "addExamples">,
  examples: Parameters<ExampleStore["addExamples"]>[0],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < examples.length; from += BREATH) {
    added += store.addExamples(examples.slice(from, from + BREATH));
    await breathe();
  }
  return added;
}
