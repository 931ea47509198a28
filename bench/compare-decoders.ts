// Checks on real notes that parallel grounded decoding gives what token by token gives, and counts near-ties.
//   node bench/compare-decoders.ts [--notes N] [--model FILE] [--corpus FOLDER]
import { parseArgs } from "node:util";
import { loadModel } from "#engine/loadModel.ts";
import { compareDecoders } from "./compareDecoders.ts";
import { readNotes } from "./readNotes.ts";

const { values } = parseArgs({
  options: {
    notes: { type: "string" },
    model: { type: "string", default: "models/notegrain-compact.gguf" },
    corpus: { type: "string", default: "../shared/corpora/maccrobat2020" },
  },
});

const port = await loadModel({ modelPath: values.model });
try {
  const notes = readNotes(values.corpus, values.notes === undefined ? undefined : Number(values.notes));
  const report = await compareDecoders(port, notes, (done) => {
    process.stderr.write(`\r${done} of ${notes.length} notes`);
  });
  process.stderr.write("\n");
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.wrong === 0 ? 0 : 1;
} finally {
  await port.dispose();
}
