import type { AttributeRole, Entity } from "#core/entity/entity.ts";
import { entityType } from "#core/entity/entityTypes.ts";

/** The headings of the summary, in the order in which a clinician asks for them. */
export const summaryGroups = [
  "person", "problems", "medications", "tests", "procedures", "events", "history", "family", "other",
] as const; // biome-ignore format: one line reads best
export type SummaryGroup = (typeof summaryGroups)[number];

/** One thing that the note tells, however often it does so. */
export type Finding = {
  readonly group: SummaryGroup;
  /** Its mentions, in document order; never empty. */
  readonly mentions: readonly [Entity, ...Entity[]];
  /** What describes it, by role, each wording once. */
  readonly details: readonly { readonly role: AttributeRole; readonly entity: Entity }[];
};

/** Types that stand as findings of their own only where nothing links to them. */
const describing = new Set([
  "Dosage", "Administration", "Frequency", "Duration", "Lab_value", "Severity", "Biological_structure", "Date",
]); // biome-ignore format: one line reads best

const groupOfType: Readonly<Record<string, SummaryGroup>> = {
  Age: "person",
  Sex: "person",
  Sign_symptom: "problems",
  Disease_disorder: "problems",
  Medication: "medications",
  Diagnostic_procedure: "tests",
  Therapeutic_procedure: "procedures",
  Clinical_event: "events",
  History: "history",
  Family_history: "family",
};

/**
 * The note in short: what is told about it, by heading, in document order. Mentions that say the same are one
 * finding. `shown` decides which entities count; details come from `all`, since a filter on medications should
 * not take their doses away.
 */
export function summarise(shown: readonly Entity[], all: readonly Entity[]): Finding[] {
  const byId = new Map(all.map((entity) => [entity.id, entity]));
  const linked = new Set(shown.flatMap((entity) => entity.attributes.map((attribute) => attribute.entity)));
  const findings = new Map<string, Draft[]>();
  for (const entity of shown) {
    if (describing.has(entity.type) && linked.has(entity.id)) continue;
    addMention(findings, entity, detailsOf(entity, byId));
  }
  return [...findings.values()]
    .flat()
    .map(({ mentions, details }) => ({ group: groupOf(mentions[0]), mentions, details }))
    .sort(
      (a, b) =>
        summaryGroups.indexOf(a.group) - summaryGroups.indexOf(b.group) ||
        a.mentions[0].start - b.mentions[0].start,
    );
}

type Draft = { mentions: [Entity, ...Entity[]]; details: Finding["details"]; signature: string };

/** Puts the mention to one that says the same. One without details says nothing against those of another. */
function addMention(findings: Map<string, Draft[]>, entity: Entity, details: Finding["details"]): void {
  const { polarity, certainty, experiencer, temporality } = entity.assertion ?? {};
  const key = [wordsOf(entity), groupOf(entity), polarity, certainty, experiencer, temporality].join("\n");
  const signature = details.map(({ role, entity: detail }) => `${role} ${wordsOf(detail)}`).join("\n");
  const same = findings.get(key) ?? [];
  findings.set(key, same);
  const twin = same.find(
    (draft) => signature === "" || draft.signature === "" || draft.signature === signature,
  );
  if (twin === undefined) {
    same.push({ mentions: [entity], details, signature });
    return;
  }
  twin.mentions.push(entity);
  if (twin.signature === "") {
    twin.details = details;
    twin.signature = signature;
  }
}

function detailsOf(entity: Entity, byId: ReadonlyMap<string, Entity>): Finding["details"] {
  const seen = new Set<string>();
  return entity.attributes.flatMap(({ role, entity: id }) => {
    const detail = byId.get(id);
    if (detail === undefined || detail.status === "rejected") return [];
    const key = `${role} ${wordsOf(detail)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ role, entity: detail }];
  });
}

function groupOf(entity: Entity): SummaryGroup {
  if (entity.assertion?.experiencer === "family" && entityType(entity.type)?.family === "problem")
    return "family";
  return groupOfType[entity.type] ?? "other";
}

// A long note is summarised again and again while its filter moves.
const words = new WeakMap<Entity, string>();

function wordsOf(entity: Entity): string {
  const known = words.get(entity);
  if (known !== undefined) return known;
  const made = entity.text.toLowerCase().replace(/\s+/g, " ");
  words.set(entity, made);
  return made;
}
