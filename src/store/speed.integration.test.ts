import { expect, test } from "vitest";
import type { CaseQuery } from "#core/storePort.ts";
import { extractionOf, noteOf, plan } from "../../test/support/storedNotes.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { connect } from "./connect.ts";
import { openStore, storeOver } from "./openStore.ts";

const CASES = 10_000;
const COMPLAINTS = ["chest pain", "dyspnoea", "胸痛两天", "a fall", "palpitations", "气促", "fever"];

test(`a page of ${CASES} cases comes within 30 ms`, async () => {
  using folder = temporaryFolder();
  const database = await connect(folder.file("cases.db"));
  const filling = storeOver(database);
  // One commit instead of 30,000: only the reading is measured.
  database.transaction(() => {
    for (let i = 0; i < CASES; i++) {
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

  const store = await openStore(folder.file("cases.db"));
  const queries: CaseQuery[] = [
    {},
    { offset: CASES - 50 },
    { sort: "title", offset: CASES / 2 },
    { sort: "created", state: "failed", offset: 3000 },
    { search: "metop" },
    { search: "胸痛" },
    { search: "痛", sort: "title" },
    { search: "patient chest", state: "done" },
    { search: "adm-77" },
    { search: "absent" },
  ];
  for (const query of queries) {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      store.listCases(query);
      return performance.now() - start;
    });
    const median = times.sort((a, b) => a - b)[2];
    expect({ query, isQuick: (median ?? Number.POSITIVE_INFINITY) <= 30 }).toEqual({ query, isQuick: true });
  }
  store.close();
});
