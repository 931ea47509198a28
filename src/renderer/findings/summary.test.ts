import { describe, expect, test } from "vitest";
import type { Assertion, Entity } from "#core/entity/entity.ts";
import { entityAt } from "../note/testNote.ts";
import { type Finding, summarise } from "./summary.ts";

const text =
  "Metoprolol 25 mg oral twice daily. Later metoprolol 50 mg. Fever, no cough. Mother: diabetes. " +
  "FEVER since Monday. Troponin 0.4 ng/mL. Metoprolol was well tolerated. Appendectomy. Aged 61.";

const plain: Assertion = {
  polarity: "affirmed",
  certainty: "certain",
  experiencer: "patient",
  temporality: "current",
  rule: null,
};
const at = (id: string, words: string, type: string, more: Partial<Entity> = {}) =>
  entityAt(text, id, words, { type, ...more });
const link = (role: Entity["attributes"][number]["role"], entity: string) => ({ role, entity });

const entities = [
  at("m1", "Metoprolol", "Medication", {
    attributes: [link("dosage", "d1"), link("route", "r1"), link("frequency", "f1")],
  }),
  at("d1", "25 mg", "Dosage"),
  at("r1", "oral", "Administration"),
  at("f1", "twice daily", "Frequency"),
  at("m2", "metoprolol", "Medication", { attributes: [link("dosage", "d2")] }),
  at("d2", "50 mg", "Dosage"),
  at("s1", "Fever", "Sign_symptom", { assertion: plain }),
  at("s2", "cough", "Sign_symptom", { assertion: { ...plain, polarity: "negated", rule: "no" } }),
  at("s3", "diabetes", "Disease_disorder", { assertion: { ...plain, experiencer: "family" } }),
  at("s4", "FEVER", "Sign_symptom", {
    assertion: { ...plain, rule: "any" },
    attributes: [link("date", "t1")],
  }),
  at("t1", "since Monday", "Date"),
  at("l1", "Troponin", "Diagnostic_procedure", { attributes: [link("value", "v1")] }),
  at("v1", "0.4 ng/mL", "Lab_value"),
  at("m3", "Metoprolol was", "Medication", { text: "Metoprolol" }),
  at("p1", "Appendectomy", "Therapeutic_procedure"),
  at("a1", "61", "Age"),
];

const told = (findings: readonly Finding[]) =>
  findings.map(
    ({ group, mentions, details }) =>
      `${group}: ${mentions.map((mention) => mention.id).join("+")}${details
        .map(({ role, entity }) => ` ${role}=${entity.text}`)
        .join("")}`,
  );

describe("the summary", () => {
  test("puts what belongs together under the headings of a clinician", () => {
    expect(told(summarise(entities, entities))).toEqual([
      "person: a1",
      "problems: s1+s4 date=since Monday",
      "problems: s2",
      "medications: m1+m3 dosage=25 mg route=oral frequency=twice daily",
      "medications: m2 dosage=50 mg",
      "tests: l1 value=0.4 ng/mL",
      "procedures: p1",
      "family: s3",
    ]);
  });

  test("keeps the details of what a filter shows", () => {
    const shown = entities.filter((entity) => entity.id === "m2");
    expect(told(summarise(shown, entities))).toEqual(["medications: m2 dosage=50 mg"]);
  });

  test("shows what nothing links to, and leaves rejected details out", () => {
    const lonely = at("d2", "50 mg", "Dosage", { status: "rejected" });
    const drug = entities[4] as Entity;
    expect(told(summarise([lonely], [lonely]))).toEqual(["other: d2"]);
    expect(told(summarise([drug], [drug, lonely]))).toEqual(["medications: m2"]);
  });
});
