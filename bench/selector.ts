// What the selector costs: its share of a note's time, when all spans are asked about and when only doubtful ones.
//   node bench/selector.ts --selector FILE [--notes N] [--model FILE] [--corpus FOLDER] [--below 0.5,0.7]
import { parseArgs } from "node:util";
import { detectLanguage } from "#core/document/language.ts";
import { extract } from "#core/pipeline.ts";
import { loadJudged } from "#host/loadJudged.ts";
import { readNotes } from "./readNotes.ts";

const { values } = parseArgs({
  options: {
    selector: { type: "string" },
    notes: { type: "string", default: "20" },
    model: { type: "string", default: "models/notegrain-compact.gguf" },
    corpus: { type: "string", default: "../shared/corpora/maccrobat2020" },
    below: { type: "string", default: "0.5,0.7" },
  },
});
if (values.selector === undefined) throw new Error("--selector FILE is needed");
const notes = readNotes(values.corpus, Number(values.notes));
const { port, selector } = await loadJudged({ model: values.model, selector: values.selector });

/** Reads all notes; with a rule, the selector is asked about spans below it. */
async function read(below: number | null | undefined) {
  let [seconds, spans, asked] = [0, 0, 0];
  for (const [index, text] of notes.entries()) {
    const { run, entities } = await extract(port, {
      document: { id: String(index), name: String(index), text, sha256: "", language: detectLanguage(text) },
      types: [...(port.facts.profile?.open.keys() ?? [])],
      paradigm: "tuned",
      outputFormat: "grounded",
      judging: below === undefined ? undefined : { port: selector, rule: { threshold: 0.5, below } },
      date: "2026-01-01T00:00:00.000Z",
      hash: () => "",
      now: () => performance.now(),
    });
    seconds += run.seconds;
    spans += entities.length;
    asked += entities.filter((entity) => entity.selector !== null).length;
  }
  return { seconds, spans, asked };
}

try {
  await read(null); // warms up
  // Alone before and after, so that a machine that slows down is seen.
  const before = await read(undefined);
  const rows = [];
  for (const below of [null, ...values.below.split(",").map(Number)]) {
    const judged = await read(below);
    rows.push({ below, asked: judged.asked / judged.spans, seconds: judged.seconds });
  }
  const after = await read(undefined);
  const alone = (before.seconds + after.seconds) / 2;
  const report = {
    notes: notes.length,
    spans: before.spans,
    secondsAlone: [before.seconds, after.seconds],
    rows: rows.map((row) => ({ ...row, selectorShareOfNote: (row.seconds - alone) / alone })),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await port.dispose();
}
