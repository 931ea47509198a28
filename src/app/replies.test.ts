import { expect, test } from "vitest";
import type { StorePort } from "#core/storePort.ts";
import { extractionOf, noteOf } from "../../test/support/storedNotes.ts";
import { caseReplies, replyHandlers } from "./replies.ts";

const reply = {
  start: 0,
  end: 9,
  text: '[{"type": "Sign_symptom", "text": "fev',
  isRepaired: true,
  isCutOff: true,
  isUnreadable: false,
  ungrounded: 0,
  unknownTypes: 0,
};

test("the replies of each note's latest run; a note that nobody read yet has none to show, in a case and by itself", () => {
  const extraction = extractionOf(noteOf("a.txt", "No fever."), []);
  const store = {
    getCase: () => ({
      contents: ["json", "grounded", "unread"].map((id) => ({ documentId: id, name: `${id}.txt` })),
    }),
    latestRun: (id: string) => ({ json: { runId: 7 }, grounded: { runId: 8 } })[id] ?? null,
    extraction: (runId: number) => (runId === 7 ? { ...extraction, replies: [reply] } : extraction),
  } as unknown as StorePort;
  expect(caseReplies(store, 1)).toEqual([
    { documentId: "json", name: "json.txt", runId: 7, replies: [reply] },
    { documentId: "grounded", name: "grounded.txt", runId: 8, replies: [] },
  ]);
  const handle = replyHandlers({ store })["documents.replies"];
  const signal = { aborted: false, addEventListener: () => {} };
  expect(handle({ documentId: "json" }, signal)).toEqual([reply]);
  expect(handle({ documentId: "unread" }, signal)).toEqual([]);
});
