// How long a page of the case list takes to read, of 10,000 cases and of a tenth of them: by each order, by state and
// by search.
//   node bench/list-cases.ts [cases]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaseQuery, StorePort } from "#core/storePort.ts";
import { connect } from "#store/connect.ts";
import { openStore, storeOver } from "#store/openStore.ts";
import { extractionOf, noteOf, plan } from "../test/support/storedNotes.ts";

const [cases = 10_000] = process.argv.slice(2).map(Number);
const ROUNDS = 15;
const COMPLAINTS = ["chest pain", "dyspnoea", "胸痛两天", "a fall", "palpitations", "气促", "fever"];
const queries: readonly CaseQuery[] = [
  {},
  { offset: cases - 50 },
  { sort: "title", offset: cases / 2 },
  { sort: "created", state: "failed", offset: cases * 0.3 },
  { search: "metop" },
  { search: "胸痛" },
  { search: "痛", sort: "title" },
  { search: "patient chest", state: "done" },
  { search: "adm-77" },
  { search: "absent" },
];

const folder = mkdtempSync(join(tmpdir(), "notegrain-bench-"));
try {
  const tenth = await filled("tenth.db", cases / 10);
  const whole = await filled("whole.db", cases);
  process.stdout.write(`${cases} cases, pages of 50, ${ROUNDS} rounds\n`);
  for (const query of queries) {
    const times = { tenth: [] as number[], whole: [] as number[] };
    // In turns, so that what else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round++) {
      times.tenth.push(milliseconds(() => tenth.listCases({ ...query, offset: (query.offset ?? 0) / 10 })));
      times.whole.push(milliseconds(() => whole.listCases(query)));
    }
    const [few, all] = [median(times.tenth), median(times.whole)];
    const worst = Math.max(...times.whole).toFixed(1);
    process.stdout.write(
      `${JSON.stringify(query).padEnd(52)} ${all.toFixed(1)} ms, worst ${worst}; ` +
        `a tenth of the cases ${few.toFixed(1)} ms: ${(all / few).toFixed(1)} times\n`,
    );
  }
  tenth.close();
  whole.close();
} finally {
  rmSync(folder, { recursive: true });
}

/** A store with so many cases of one note each, a third of them read and a third failed. */
async function filled(name: string, count: number): Promise<StorePort> {
  const path = join(folder, name);
  const database = await connect(path);
  const filling = storeOver(database);
  // One commit instead of thousands: only the reading is measured.
  database.transaction(() => {
    for (let i = 0; i < count; i++) {
      const complaint = COMPLAINTS[i % COMPLAINTS.length];
      const note = noteOf(
        `adm-${i}.txt`,
        `Patient ${i} comes with ${complaint}. ${"Takes metoprolol. ".repeat(100)}`,
      );
      const runId = filling.queueRun(filling.addDocument(note).documentId, plan);
      if (i % 3 === 0) filling.finishRun(runId, extractionOf(note, []));
      else if (i % 3 === 1) filling.failRun(runId, { code: "NG-CONTEXT", params: {} });
    }
  })();
  filling.close();
  return openStore(path);
}

function milliseconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
