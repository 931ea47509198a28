// What the selector costs beside the reading of a note, when all spans are asked about and when only doubtful ones.
// Times are those of the processor, which a busy machine does not lengthen much.
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
  let [spans, asked] = [0, 0];
  const began = process.cpuUsage();
  for (const [index, text] of notes.entries()) {
    const { entities } = await extract(port, {
      document: { id: String(index), name: String(index), text, sha256: "", language: detectLanguage(text) },
      types: [...(port.facts.profile?.open.keys() ?? [])],
      paradigm: "tuned",
      outputFormat: "grounded",
      judging: below === undefined ? undefined : { port: selector, rule: { threshold: 0.5, below } },
      date: "2026-01-01T00:00:00.000Z",
      hash: () => "",
      now: () => performance.now(),
    });
    spans += entities.length;
    asked += entities.filter((entity) => entity.selector !== null).length;
  }
  const { user, system } = process.cpuUsage(began);
  return { seconds: (user + system) / 1e6, spans, asked };
}

try {
  await read(null); // warms up
  // Alone before and after, so that a machine that slows down is seen.
  const before = await read(undefined);
  const rows = [];
  for (const below of [null, ...values.below.split(",").map(Number)]) {
    const judged = await read(below);
    rows.push({ below, shareAsked: judged.asked / judged.spans, cpuSeconds: judged.seconds });
  }
  const after = await read(undefined);
  const alone = (before.seconds + after.seconds) / 2;
  const report = {
    notes: notes.length,
    spans: before.spans,
    cpuSecondsAlone: [before.seconds, after.seconds],
    rows: rows.map((row) => ({ ...row, overReadingAlone: row.cpuSeconds / alone - 1 })),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await port.dispose();
}
