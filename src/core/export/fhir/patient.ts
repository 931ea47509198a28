import data from "#resources/fhir.json" with { type: "json" };
import type { Entity } from "../../entity/entity.ts";
import type { Part } from "./draft.ts";
import { inlineLabel, processInlineLabel } from "./labels.ts";
import type { Note } from "./note.ts";
import { isReviewed, readingOf } from "./reading.ts";
import type { Resource } from "./types.ts";
import { codeOf } from "./vocabulary.ts";

/**
 * The patient, of whom the note tells the sex at most: no name, no date of birth is ever made up. Where the words name
 * both sexes, one of them is another person's, and none is taken.
 */
export function toPatient(note: Note): { readonly resource: Resource; readonly parts: readonly Part[] } {
  const said = [...note.entities.values()].flatMap((entity) => {
    const gender = entity.type === "Sex" && isOfPatient(entity) ? codeOf(data.sexes, entity.text) : undefined;
    return gender === undefined ? [] : [{ entity, gender }];
  });
  const [first] = said;
  if (!first || said.some(({ gender }) => gender !== first.gender)) {
    return { resource: { resourceType: "Patient" }, parts: [] };
  }
  const unreviewed = said.every(({ entity }) => !isReviewed(entity));
  const extension = [
    ...said.flatMap(({ entity }) => note.origin(entity)),
    ...(unreviewed ? [inlineLabel] : []),
  ];
  return {
    resource: {
      resourceType: "Patient",
      ...(unreviewed && { meta: { security: [processInlineLabel] } }),
      gender: first.gender,
      _gender: { extension },
    },
    parts: said.map(({ entity }) => ({ path: "gender", entity })),
  };
}

function isOfPatient(entity: Entity): boolean {
  const reading = readingOf(entity);
  return reading === "undetermined" || reading === "present" || reading === "past";
}
