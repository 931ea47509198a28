import { expect, test } from "vitest";
import { plantExtraction } from "../../../test/oracles/plant.ts";
import { toTable } from "./table.ts";

const plain = {
  polarity: "affirmed",
  certainty: "certain",
  experiencer: "patient",
  temporality: "current",
  rule: null,
} as const;

test("English and Chinese line up under the name of the note", () => {
  const extraction = plantExtraction(
    "⟦胸痛|Sign_symptom⟧ ⟦metoprolol|Medication⟧ ⟦25 mg|Dosage⟧ ⟦stroke|Family_history⟧",
    {
      e1: { assertion: { ...plain, polarity: "negated", temporality: "historical" } },
      e2: { assertion: plain, attributes: [{ role: "dosage", entity: "e3" }] },
      e4: { confidence: null, assertion: { ...plain, experiencer: "family" } },
    },
  );
  expect(toTable({ ...extraction, coverage: 0.999 })).toMatchInlineSnapshot(`
    "adm-17.txt: 4 entities, 99 % of the text read

    Type            Text        Start  End  Conf.  Assertion            Linked
    ──────────────  ──────────  ─────  ───  ─────  ───────────────────  ─────────────
    Sign_symptom    胸痛            0    2   0.90  negated, historical
    Medication      metoprolol      3   13   0.90  affirmed             dosage: 25 mg
    Dosage          25 mg          14   19   0.90
    Family_history  stroke         20   26         family
    "
  `);
});

test("nothing found is said as well, and one is not plural", () => {
  expect(toTable(plantExtraction("Well."))).toContain("adm-17.txt: 0 entities, 100 % of the text read\n");
  expect(toTable(plantExtraction("⟦61|Age⟧"))).toContain(": 1 entity,");
});
