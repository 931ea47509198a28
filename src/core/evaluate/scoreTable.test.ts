import { expect, test } from "vitest";
import { plant } from "../../../test/oracles/plant.ts";
import { scoreDocuments } from "./scoreDocuments.ts";
import { scoreTable } from "./scoreTable.ts";

const { mentions } = plant("⟦61|Age⟧ ⟦man|Sex⟧");
const scores = scoreDocuments([{ name: "a", mentions }], [{ name: "a", mentions: mentions.slice(1) }], {
  types: ["Age", "Sex", "Medication"],
});

test("totals with their intervals, then each type", () => {
  expect(scoreTable(scores)).toMatchInlineSnapshot(`
    "1 document           P      R     F1  95 % of F1
    ──────────────  ──────  ─────  ─────  ───────────
    strict, micro   100.00  50.00  66.67  66.67–66.67
    strict, macro    50.00  50.00  50.00  50.00–50.00
    overlap, micro  100.00  50.00  66.67  66.67–66.67

    strict, by type       P       R      F1  gold
    ───────────────  ──────  ──────  ──────  ────
    Age                0.00    0.00    0.00     1
    Sex              100.00  100.00  100.00     1
    Medication            –       –       –     0
    "
  `);
});
