import { indexCodePoints } from "../../document/codePoints.ts";
import type { Entity } from "../../entity/entity.ts";
import type { Extraction } from "../../entity/extraction.ts";
import { keptEntities } from "../keptEntities.ts";
import type { Extension } from "./types.ts";
import { uuidOf } from "./uuid.ts";

/** The extension that says where in a source an element comes from. */
export const DERIVATION = "http://hl7.org/fhir/StructureDefinition/derivation-reference";

/** One note on its way into a Bundle: what every resource needs to know of it. */
export type Note = {
  readonly extraction: Extraction;
  /** Kept entities by id, in document order; of those with one type and one span the first. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** The UUID of a part of this note's Bundle: the same note and part, the same UUID. */
  uuid(part: string): string;
  /** Where in the note the entity stands, and how sure the model was. */
  origin(entity: Entity): Extension[];
};

export function readNote(extraction: Extraction): Note {
  const { text, sha256 } = extraction.document;
  const codePoints = indexCodePoints(text);
  const uuids = new Map<string, string>();
  const uuid = (part: string): string => {
    const known = uuids.get(part) ?? uuidOf(`${sha256}/${part}`);
    uuids.set(part, known);
    return known;
  };
  const source = referTo({ uuid }, "DocumentReference");
  return {
    extraction,
    entities: firstOfEach(keptEntities(extraction.entities)),
    uuid,
    origin: (entity) => {
      const offset = codePoints.fromUtf16(entity.start);
      const derivation: Extension = {
        url: DERIVATION,
        extension: [
          { url: "reference", valueReference: source },
          { url: "path", valueString: "DocumentReference.content.attachment.data" },
          { url: "offset", valueInteger: offset },
          { url: "length", valueInteger: codePoints.fromUtf16(entity.end) - offset },
        ],
      };
      if (entity.confidence === null) return [derivation];
      const url = "http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AIconfidence";
      return [derivation, { url, valueDecimal: entity.confidence }];
    },
  };
}

/** A reference to a part of the note's Bundle: "Patient", "Device", …, or `partOf` an entity. */
export function referTo(note: Pick<Note, "uuid">, part: string): { readonly reference: string } {
  return { reference: `urn:uuid:${note.uuid(part)}` };
}

/** The name under which an entity's resource gets its UUID. */
export function partOf(entity: Entity): string {
  return `${entity.type}/${entity.start}/${entity.end}`;
}

/** Ids are made of type and span, so that no two entities may share both; a second one says nothing new. */
function firstOfEach(entities: readonly Entity[]): Map<string, Entity> {
  const places = new Set<string>();
  return new Map(
    entities.flatMap((entity) => {
      if (places.has(partOf(entity))) return [];
      places.add(partOf(entity));
      return [[entity.id, entity]];
    }),
  );
}
