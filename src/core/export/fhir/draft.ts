import type { AttributeRole, Entity } from "../../entity/entity.ts";
import { aiAsserted, inlineLabel, processInlineLabel } from "./labels.ts";
import type { Note } from "./note.ts";
import { isReviewed } from "./reading.ts";
import type { CodeableConcept, Coding, Extension, Resource } from "./types.ts";
import type { SectionName } from "./vocabulary.ts";

/** An element of a resource and the entity whose words it holds. */
export type Part = {
  /** FHIRPath without the name of the resource. */
  readonly path: string;
  readonly entity: Entity;
};

/** A resource made from an entity and those linked to it, before it has its id and its narrative. */
export type Draft = {
  /** The entity that it stands for. */
  readonly head: Entity;
  readonly section: SectionName;
  readonly resource: Resource;
  /** Every element that came from the note. */
  readonly parts: readonly Part[];
};

/** Collects the elements of one resource while it is made; each says where its words stand. */
export type Drafting = {
  readonly head: Entity;
  /** Entities linked to the head in this role, in document order. */
  linked(role: AttributeRole): Entity[];
  /** Extensions for the element at `path`. */
  element(path: string, entity: Entity): { readonly extension: readonly Extension[] };
  /** A CodeableConcept whose text is the entity's own words. */
  concept(path: string, entity: Entity, coding?: Coding): CodeableConcept;
  /** Adds the head's own origin, and the labels of what no person has reviewed. */
  finish(section: SectionName, resource: Resource): Draft;
};

export function startDraft(note: Note, head: Entity): Drafting {
  const parts: Part[] = [];
  const describing = head.attributes.flatMap(({ role, entity: id }) => {
    const entity = note.entities.get(id);
    return entity ? [{ role, entity }] : [];
  });
  // One label on the resource says enough, unless a person has reviewed a part of it and left the rest.
  const mixed = describing.some(({ entity }) => isReviewed(entity) !== isReviewed(head));
  const isLabelled = (entity: Entity): boolean => mixed && !isReviewed(entity);

  const element: Drafting["element"] = (path, entity) => {
    parts.push({ path, entity });
    return { extension: [...note.origin(entity), ...(isLabelled(entity) ? [inlineLabel] : [])] };
  };
  return {
    head,
    linked: (role) => describing.filter((link) => link.role === role).map((link) => link.entity),
    element,
    concept: (path, entity, coding) => ({
      ...element(path, entity),
      ...(coding && { coding: [coding] }),
      text: entity.text,
    }),
    finish: (section, { resourceType, ...elements }) => {
      const security = [
        ...(isReviewed(head) ? [] : [aiAsserted]),
        ...(parts.some((part) => isLabelled(part.entity)) ? [processInlineLabel] : []),
      ];
      const meta = security.length > 0 ? { meta: { security } } : {};
      return {
        head,
        section,
        parts,
        resource: { resourceType, ...meta, extension: note.origin(head), ...elements },
      };
    },
  };
}
