import type { Entity } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { assertionWords } from "../assertionWords.ts";
import { toJson } from "../json.ts";
import { type SectionLine, toComposition } from "./composition.ts";
import { toInstant } from "./dates.ts";
import { toDevice } from "./device.ts";
import type { Draft } from "./draft.ts";
import { mapEntities } from "./mapEntities.ts";
import { flagOf, leftOver, toMentionList } from "./mentions.ts";
import { narrative } from "./narrative.ts";
import { type Note, partOf, readNote, referTo } from "./note.ts";
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
  const drafts = mapEntities(note);
  const patient = toPatient(note);
  const mentions = leftOver(note, [...drafts, patient]);

  const made: Made[] = [
    { ...referTo(note, "Patient"), head: null, parts: patient.parts },
    ...drafts.map((draft) => ({
      ...referTo(note, partOf(draft.head)),
      head: draft.head,
      parts: draft.parts,
    })),
    {
      ...referTo(note, "List"),
      head: null,
      parts: mentions.map((entity, i) => ({ path: `entry[${i}].item`, entity })),
    },
  ];
  const lines: SectionLine[] = [
    ...drafts.map((draft) => ({
      section: draft.section,
      words: wordsOf(draft),
      reference: referTo(note, partOf(draft.head)),
    })),
    ...mentions.map((entity) => ({
      section: "mentions" as const,
      words: mentionWords(entity),
      reference: referTo(note, "List"),
    })),
  ];
  const reviewed = reviewOf([...note.entities.values()]);
  const { name } = extraction.document;
  const entry = [
    entryOf(note, "Composition", [`Findings of ${name}`], toComposition(note, lines, instant, reviewed)),
    entryOf(note, "Patient", [patientWords(patient.resource)], patient.resource),
    entryOf(note, "DocumentReference", [name], toDocumentReference(note, instant)),
    entryOf(note, "Device", [`Notegrain with ${extraction.run.model}`], toDevice(extraction.run)),
    ...(reviewed === "none"
      ? []
      : [entryOf(note, "Practitioner", ["The person who reviewed what was found"], practitioner)]),
    ...drafts.map((draft) => entryOf(note, partOf(draft.head), [wordsOf(draft)], draft.resource)),
    ...(mentions.length === 0
      ? []
      : [entryOf(note, "List", mentions.map(mentionWords), toMentionList(note, mentions))]),
    ...toProvenances(note, made, instant).map(({ way, resource }) =>
      entryOf(note, `Provenance/${way}`, [`How it came to be: ${way}`], resource),
    ),
  ];
  const id = note.uuid(`Bundle/${contentOf(extraction)}`);
  return {
    resourceType: "Bundle",
    id,
    identifier: { system: "urn:ietf:rfc:3986", value: `urn:uuid:${id}` },
    type: "document",
    timestamp: instant,
    entry,
  };
}

/** A document's identifier must never come back with other content: whatever shapes the Bundle is in its name. */
function contentOf(extraction: Extraction): string {
  const { document, run, entities } = toJson(extraction);
  return JSON.stringify([
    document,
    run.modelSha256,
    run.adapterSha256,
    run.promptSha256,
    extraction.date,
    entities,
  ]);
}

/** Who reviewed is not on record; that someone did is. */
const practitioner: Resource = { resourceType: "Practitioner", active: true };

function entryOf(note: Note, part: string, words: readonly string[], resource: Resource): BundleEntry {
  const { resourceType, meta, language, ...elements } = resource;
  const head = {
    resourceType,
    id: note.uuid(part),
    ...(meta ? { meta } : {}),
    ...(language ? { language } : {}),
  };
  const text = narrative(words, note.extraction.document.language);
  return { fullUrl: referTo(note, part).reference, resource: { ...head, text, ...elements } };
}

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
