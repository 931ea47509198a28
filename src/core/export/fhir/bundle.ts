import type { Entity } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { assertionWords } from "../assertionWords.ts";
import { type SectionLine, toComposition } from "./composition.ts";
import { toInstant } from "./dates.ts";
import { toDevice } from "./device.ts";
import type { Draft } from "./draft.ts";
import { mapEntities } from "./mapEntities.ts";
import { flagOf, leftOver, toMentionList } from "./mentions.ts";
import { narrative } from "./narrative.ts";
import { partOf, readNote } from "./note.ts";
import { toPatient } from "./patient.ts";
import { type Made, toProvenances } from "./provenance.ts";
import { isReviewed } from "./reading.ts";
import { toDocumentReference } from "./source.ts";
import type { Bundle, BundleEntry, Resource } from "./types.ts";

/**
 * A FHIR R4 document of what was found in the note (https://hl7.org/fhir/R4/documents.html). The same extraction gives
 * the same Bundle, byte for byte: ids are made of the note's hash, and every date is `extraction.date`.
 * @throws NG-USAGE where that date is no ISO 8601 date
 */
export function toFhirBundle(extraction: Extraction): Bundle {
  const note = readNote(extraction);
  const instant = toInstant(extraction.date);
  const { run, document } = extraction;
  const entry = (part: string, words: readonly string[], resource: Resource): BundleEntry => {
    const id = note.uuid(part);
    const { resourceType, meta, language, ...elements } = resource;
    const head = { resourceType, id, ...(meta ? { meta } : {}), ...(language ? { language } : {}) };
    return {
      fullUrl: `urn:uuid:${id}`,
      resource: { ...head, text: narrative(words, document.language), ...elements },
    };
  };

  const drafts = mapEntities(note);
  const patient = toPatient(note);
  const mentions = leftOver(note, [...drafts, patient]);
  const clinical = drafts.map((draft) => ({
    draft,
    entry: entry(partOf(draft.head), [wordsOf(draft)], draft.resource),
  }));
  const patientEntry = entry("Patient", [patientWords(patient.resource)], patient.resource);
  const list =
    mentions.length === 0 ? [] : [entry("List", mentions.map(mentionWords), toMentionList(note, mentions))];

  const lines: SectionLine[] = [
    ...clinical.map(({ draft, entry: { fullUrl } }) => ({
      section: draft.section,
      words: wordsOf(draft),
      reference: { reference: fullUrl },
    })),
    ...list.flatMap(({ fullUrl }) =>
      mentions.map((entity) => ({
        section: "mentions" as const,
        words: mentionWords(entity),
        reference: { reference: fullUrl },
      })),
    ),
  ];
  const made: Made[] = [
    { fullUrl: patientEntry.fullUrl, head: null, parts: patient.parts },
    ...clinical.map(({ draft, entry: { fullUrl } }) => ({ fullUrl, head: draft.head, parts: draft.parts })),
    ...list.map(({ fullUrl }) => ({
      fullUrl,
      head: null,
      parts: mentions.map((entity, i) => ({ path: `entry[${i}].item`, entity })),
    })),
  ];
  const reviewed = reviewOf([...note.entities.values()]);
  const title = `Findings of ${document.name}`;
  return {
    resourceType: "Bundle",
    id: note.uuid(`Bundle/${run.modelSha256}/${run.adapterSha256}/${run.promptSha256}/${extraction.date}`),
    identifier: {
      system: "urn:ietf:rfc:3986",
      value: `urn:uuid:${note.uuid(`Bundle/${run.modelSha256}/${run.adapterSha256}/${run.promptSha256}/${extraction.date}`)}`,
    },
    type: "document",
    timestamp: instant,
    entry: [
      entry("Composition", [title], toComposition(note, lines, instant, reviewed)),
      patientEntry,
      entry("DocumentReference", [document.name], toDocumentReference(note, instant)),
      entry("Device", [`Notegrain with ${run.model}`], toDevice(run)),
      ...(reviewed === "none"
        ? []
        : [entry("Practitioner", ["The person who reviewed what was found"], practitioner)]),
      ...clinical.map(({ entry: made }) => made),
      ...list,
      ...toProvenances(note, made, instant).map(({ way, resource }) =>
        entry(`Provenance/${way}`, [`Made by: ${way}`], resource),
      ),
    ],
  };
}

/** Who reviewed is not on record; that someone did is. */
const practitioner: Resource = { resourceType: "Practitioner", active: true };

function reviewOf(entities: readonly Entity[]): "all" | "some" | "none" {
  const count = entities.filter(isReviewed).length;
  return count === 0 ? "none" : count === entities.length ? "all" : "some";
}

/** "metoprolol (25 mg, twice daily)", with what keeps it from being a plain fact. */
function wordsOf({ head, parts }: Draft): string {
  const details = parts.filter((part) => part.entity.id !== head.id).map((part) => part.entity.text);
  const more = [...assertionWords(head.assertion), ...details].join(", ");
  return more === "" ? head.text : `${head.text} (${more})`;
}

function mentionWords(entity: Entity): string {
  return `${entity.text} (${flagOf(entity)})`;
}

function patientWords({ gender }: Resource): string {
  return gender === undefined ? "Patient, of whom the note gives no sex" : `Patient, ${String(gender)}`;
}
