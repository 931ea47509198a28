// Writes the hand-annotated passages of real notes as a brat folder, which `notegrain evaluate --gold` scores.
//   node bench/passages/passages.ts OUT_DIR [--corpora DIR]
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { NotegrainError } from "#core/errors.ts";
import { writeWhole } from "#files/writeWhole.ts";
import { reportFatal } from "../../src/cli/report.ts";
import { bratLines, passageGold, readPassages } from "./passageGold.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    corpora: { type: "string", default: fileURLToPath(new URL("../../../shared/corpora", import.meta.url)) },
  },
});

try {
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    throw new NotegrainError("NG-USAGE", { detail: "Name one folder to write to." });
  }
  // All are checked before the first is written: a folder with some of the passages would give a wrong score.
  const documents = readPassages().map((passage) => passageGold(passage, values.corpora));
  for (const document of documents) {
    await writeWhole(join(folder, `${document.name}.txt`), document.text);
    await writeWhole(join(folder, `${document.name}.ann`), bratLines(document));
  }
  process.stdout.write(`${documents.length} passages\n`);
} catch (error) {
  process.exitCode = reportFatal(error, (line) => process.stderr.write(`${line}\n`));
}
