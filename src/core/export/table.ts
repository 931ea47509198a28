import type { Entity } from "../entity/entity.ts";
import type { Extraction } from "../entity/extraction.ts";
import { textTable } from "../text/textTable.ts";
import { assertionWords } from "./assertionWords.ts";
import { keptEntities } from "./keptEntities.ts";

/** The kept entities as a table for a terminal, under a line that names the note and how much of it was read. */
export function toTable(extraction: Extraction): string {
  const entities = keptEntities(extraction.entities);
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const linked = (entity: Entity): string =>
    entity.attributes.map(({ role, entity: id }) => `${role}: ${byId.get(id)?.text ?? ""}`).join("; ");
  const table = textTable(
    [
      { title: "Type" },
      { title: "Text", maxWidth: 48 },
      { title: "Start", align: "right" },
      { title: "End", align: "right" },
      { title: "Conf.", align: "right" },
      { title: "Assertion" },
      { title: "Linked", maxWidth: 60 },
    ],
    entities.map((entity) => [
      entity.type,
      entity.text,
      String(entity.start),
      String(entity.end),
      entity.confidence?.toFixed(2) ?? "",
      entity.assertion === null ? "" : assertionWords(entity.assertion).join(", ") || "affirmed",
      linked(entity),
    ]),
  );
  const read = `${Math.floor(extraction.coverage * 100)} % of the text read`;
  const count = entities.length === 1 ? "1 entity" : `${entities.length} entities`;
  return `${extraction.document.name}: ${count}, ${read}\n\n${table}`;
}
