// What a prompt costs for the first note, for the second, and after a restart, where the state of its instruction was
// kept in a file: with examples too, if there is a bank.
//   node bench/prompt-states.ts --model FILE [--bank BRAT-FOLDER]
// Seconds are those of the processor, which a busy machine does not lengthen much.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { goldBank } from "#app/exampleBank.ts";
import { detectLanguage } from "#core/document/language.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { extract } from "#core/pipeline.ts";
import { loadModel } from "#engine/loadModel.ts";
import { stateFolder } from "#engine/states/stateFolder.ts";
import { readGold } from "../src/cli/gold.ts";
import { countTokens } from "./countTokens.ts";

const { values } = parseArgs({
  options: { model: { type: "string" }, bank: { type: "string" } },
});
if (values.model === undefined) throw new Error("--model FILE is needed: one that takes instructions");
const folder = mkdtempSync(join(tmpdir(), "notegrain-bench-"));
/** Of no patient, and short: what is measured is the prompt before it. */
const notes = ["Fever for 3 days; aspirin 300 mg.", "No cough, no fever."];

/** The same examples for every note, so that the cache can keep them. */
const fewShot =
  values.bank === undefined
    ? undefined
    : {
        bank: goldBank("bank", readGold(values.bank).documents).bank,
        examples: 8,
        select: "random" as const,
        budgetTokens: 1500,
        seed: 1,
        excludedSources: [],
        pinned: [],
        banned: [],
      };

/** One start of the program: what each note's instruction cost. */
async function start(modelPath: string) {
  const model = await loadModel({ modelPath, parallelism: 1, states: stateFolder(join(folder, "states")) });
  try {
    const rows = [];
    for (const text of notes) {
      const { port, count } = countTokens(model);
      const { entities } = await extract(port, {
        document: { id: "d", name: "n.txt", text, sha256: "", language: detectLanguage(text) },
        types: entityTypes.map(({ name }) => name),
        paradigm: fewShot ? "few" : "zero",
        fewShot,
        outputFormat: "grounded",
        date: "2026-01-01T00:00:00.000Z",
        hash: (words) => words,
        now: () => performance.now(),
      });
      rows.push({ ...count, entities });
    }
    return rows;
  } finally {
    await model.dispose();
  }
}

try {
  const [first, second] = await start(values.model);
  const [restarted] = await start(values.model);
  const states = readdirSync(join(folder, "states"));
  const report = {
    stateBytes: states.map((name) => statSync(join(folder, "states", name)).size),
    ...Object.fromEntries(
      Object.entries({ first, second, restarted }).map(([name, row]) => [
        name,
        row && {
          instructionTokens: row.instruction,
          instructionSeconds: row.instructionSeconds,
          tokens: row.evaluated,
        },
      ]),
    ),
    restartedOverFirst: (restarted?.instructionSeconds ?? 0) / (first?.instructionSeconds ?? 0),
    sameEntities: JSON.stringify(restarted?.entities) === JSON.stringify(first?.entities),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
