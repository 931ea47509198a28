import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { comparePairs, correctPairs } from "./compareRuns.ts";
import { runsTable } from "./runsTable.ts";
import { scoreDocuments } from "./scoreDocuments.ts";

const { mentions } = plant("⟦61|Age⟧ ⟦man|Sex⟧");
const gold = Array.from({ length: 12 }, (_, i) => ({ name: String(i), mentions }));
const half = gold.map(({ name }) => ({ name, mentions: mentions.slice(1) }));
const options = { types: ["Age", "Sex", "Medication"] };

test("a line a run, its figures by type, and which differences are more than chance", () => {
  const runs = [
    { spec: "zero", scores: scoreDocuments(gold, half, options), secondsPerDocument: 1.234 },
    { spec: "few:token", scores: null, secondsPerDocument: 0 },
    { spec: "tuned", scores: scoreDocuments(gold, gold, options), secondsPerDocument: 0.5 },
  ];
  const predictions = [
    { spec: "zero", predicted: half },
    { spec: "tuned", predicted: gold },
  ];
  const comparisons = correctPairs([...comparePairs(gold, predictions, options)]);
  expect(runsTable(runs, comparisons)).toMatchInlineSnapshot(`
    "run             P       R      F1  95 % of F1     macro F1  overlap F1  s/note
    ─────────  ──────  ──────  ──────  ─────────────  ────────  ──────────  ──────
    zero       100.00   50.00   66.67  66.67–66.67       50.00       66.67    1.23
    few:token       –       –       –  –                     –           –       –
    tuned      100.00  100.00  100.00  100.00–100.00    100.00      100.00    0.50

    strict P, R, F1 by type               zero              tuned  gold
    ───────────────────────  ─────────────────  ─────────────────  ────
    Age                            0.0 0.0 0.0  100.0 100.0 100.0    12
    Sex                      100.0 100.0 100.0  100.0 100.0 100.0    12

    difference of F1  points  95 %                  p  p, Holm  below 0.05
    ────────────────  ──────  ────────────────  ─────  ───────  ──────────
    zero − tuned      -33.33  -33.33 to -33.33  0.002    0.002  yes
    paired over documents; corrected by Holm for 1 comparisons
    "
  `);
});

test("one run is compared with nothing, and types that the gold lacks are no rows", () => {
  const runs = [{ spec: "zero", scores: scoreDocuments(gold, gold, options), secondsPerDocument: 1 }];
  const table = runsTable(runs, []);
  expect(table).not.toContain("Holm");
  expect(table).not.toContain("Medication");
  expect(runsTable([{ spec: "zero", scores: null, secondsPerDocument: 0 }], [])).not.toContain("by type");
});
