// Counts the errors of finished extractions by kind and type; prints none of the notes' words.
//   notegrain extract GOLD_DIR --format json --out RESULT_DIR
//   node bench/errorKinds.ts GOLD_DIR RESULT_DIR
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { type ExtractionError, extractionErrors } from "#core/evaluate/errorKinds.ts";
import type { TypedSpan } from "#core/evaluate/gold.ts";
import { mapLabels } from "#core/evaluate/labelMap.ts";
import { readBratDocument } from "#core/evaluate/readBrat.ts";
import { decodeText } from "#files/decodeText.ts";

const [goldFolder, resultFolder] = process.argv.slice(2);
if (goldFolder === undefined || resultFolder === undefined) {
  process.stderr.write("node bench/errorKinds.ts GOLD_DIR RESULT_DIR\n");
  process.exit(2);
}

const types = new Set(entityTypes.map(({ name }) => name));
const counts = new Map<string, Map<string, number>>();
for (const file of readdirSync(goldFolder).filter((name) => name.endsWith(".ann"))) {
  const name = file.slice(0, -".ann".length);
  const text = decodeText(readFileSync(join(goldFolder, `${name}.txt`)), `${name}.txt`);
  const gold = mapLabels(readBratDocument(name, text, readFileSync(join(goldFolder, file), "utf8")));
  const found: { entities: TypedSpan[] } = JSON.parse(
    readFileSync(join(resultFolder, `${name}.json`), "utf8"),
  );
  const known = gold.mentions.filter(({ type }) => types.has(type));
  for (const error of extractionErrors(known, found.entities)) count(error);
}
for (const [kind, ofKind] of [...counts].sort()) {
  process.stdout.write(`${kind}: ${[...ofKind.values()].reduce((sum, each) => sum + each, 0)}\n`);
  for (const [label, times] of [...ofKind].sort((a, b) => b[1] - a[1]).slice(0, 12)) {
    process.stdout.write(`  ${times} ${label}\n`);
  }
}

function count({ kind, gold, predicted }: ExtractionError): void {
  const label = [gold?.type, kind === "border" ? undefined : predicted?.type]
    .filter((type) => type !== undefined)
    .join(" → ");
  const ofKind = counts.get(kind) ?? new Map<string, number>();
  counts.set(kind, ofKind.set(label, (ofKind.get(label) ?? 0) + 1));
}
