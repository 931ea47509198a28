import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExtraction } from "../../../../test/oracles/anyExtraction.ts";
import { chineseNote, englishNote } from "../../../../test/oracles/notes.ts";
import { plantExtraction } from "../../../../test/oracles/plant.ts";
import { entityStatuses } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { toFhirBundle } from "./bundle.ts";

const validator = fileURLToPath(
  new URL("../../../../../shared/tools/fhir-validate/fhir-validate", import.meta.url),
);

/** Why the validator cannot run here, or null. */
function obstacle(): string | null {
  if (!existsSync(validator)) return "the validator beside the repository is absent";
  const java = /version "(\d+)/.exec(run("java", "-version"))?.[1];
  if (Number(java ?? 0) < 17) return "Java 17 or later is absent";
  return /Apache Maven/.test(run("mvn", "-version")) ? null : "Maven is absent";
}

/** What a program says of itself on either stream; nothing where it is not there. */
function run(program: string, argument: string): string {
  try {
    return execFileSync("sh", ["-c", `${program} ${argument} 2>&1`], { encoding: "utf8" });
  } catch {
    return "";
  }
}

const reason = obstacle();
if (reason) process.stdout.write(`skipped: ${reason}\n`);

/** The note after a person has given every entity this status. */
function withStatus(extraction: Extraction, status: Extraction["entities"][number]["status"]): Extraction {
  const confidence = status === "added" ? null : 0.9;
  return {
    ...extraction,
    entities: extraction.entities.map((entity) => ({ ...entity, status, confidence })),
  };
}

/** The validator's report. Asynchronous, for a worker that blocks for minutes counts as dead. */
async function validate(files: readonly string[]): Promise<{ status: number; report: string }> {
  return new Promise((resolve) => {
    execFile("nice", [validator, ...files], { maxBuffer: 64 << 20 }, (error, report) => {
      resolve({ status: typeof error?.code === "number" ? error.code : error ? -1 : 0, report });
    });
  });
}

test.skipIf(reason !== null)(
  "R4's validator finds no error in any Bundle",
  { timeout: 900_000 },
  async (context) => {
    const english = englishNote();
    const halfEdited = english.entities.map((entity, i) =>
      i % 2 ? { ...entity, status: "edited" as const } : entity,
    );
    const extractions = [
      english,
      chineseNote(),
      plantExtraction("Nothing."),
      plantExtraction("⟦a\u0001b\ud83d \u2028|Sign_symptom⟧ <script>&\u0000"),
      ...entityStatuses.map((status) => withStatus(english, status)),
      { ...english, entities: halfEdited },
      ...fc.sample(anyExtraction, { numRuns: 60, seed: 20 }),
    ];
    const folder = mkdtempSync(join(tmpdir(), "notegrain-fhir-"));
    try {
      const files = extractions.map((extraction, i) => {
        const file = join(folder, `${i}.fhir.json`);
        writeFileSync(file, JSON.stringify(toFhirBundle(extraction), null, 1));
        return file;
      });
      const { status, report } = await validate(files);
      // 2: it could not be built, as where Maven has no repository to fetch from.
      if (status === 2) context.skip("the validator could not be built here");
      expect(report.replaceAll(folder, "").trim()).toMatch(/^\d+ files, 0 errors, \d+ warnings$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
