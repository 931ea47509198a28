import data from "#resources/fhir.json" with { type: "json" };
import { aiAsserted } from "./labels.ts";
import { narrative } from "./narrative.ts";
import { DERIVATION, type Note, referTo } from "./note.ts";
import { noteType } from "./source.ts";
import type { Reference, Resource } from "./types.ts";
import { coding, type SectionName } from "./vocabulary.ts";

/** A line of a section: the words to read, and the resource behind them. */
export type SectionLine = {
  readonly section: SectionName;
  readonly words: string;
  readonly reference: Reference;
};

/** The International Patient Summary wants these even where nothing was found, with a word on why. */
const ALWAYS: readonly string[] = ["problems", "medications", "allergies"] satisfies SectionName[];

const EMPTY = { en: "Nothing was found in the note.", zh: "病历中未发现相关内容。" };

/** The document's first resource: the findings by section, to be read without any other. */
export function toComposition(
  note: Note,
  lines: readonly SectionLine[],
  instant: string,
  reviewed: "all" | "some" | "none",
): Resource {
  const { document } = note.extraction;
  const section = (Object.keys(data.sections) as SectionName[]).flatMap((name) => {
    const mine = lines.filter((line) => line.section === name);
    if (mine.length === 0 && !ALWAYS.includes(name)) return [];
    const { loinc, [document.language]: title } = data.sections[name];
    return [
      {
        title,
        ...(loinc && { code: { coding: [coding("loinc", loinc)] } }),
        text: narrative(
          mine.length > 0 ? mine.map((line) => line.words) : [EMPTY[document.language]],
          document.language,
        ),
        ...(mine.length > 0
          ? { entry: uniqueReferences(mine) }
          : { emptyReason: { coding: [coding("emptyReason", "unavailable")] } }),
      },
    ];
  });
  return {
    resourceType: "Composition",
    ...(reviewed !== "all" && { meta: { security: [aiAsserted] } }),
    language: document.language,
    // Origin of the whole: the note, without a place in it.
    extension: [
      {
        url: DERIVATION,
        extension: [{ url: "reference", valueReference: referTo(note, "DocumentReference") }],
      },
    ],
    status: reviewed === "all" ? "final" : "preliminary",
    type: noteType,
    subject: referTo(note, "Patient"),
    date: instant,
    author: [referTo(note, "Device"), ...(reviewed === "none" ? [] : [referTo(note, "Practitioner")])],
    title: document.language === "zh" ? "病历中发现的内容" : "Findings of a clinical note",
    section,
  };
}

function uniqueReferences(lines: readonly SectionLine[]): Reference[] {
  return [...new Map(lines.map((line) => [line.reference.reference, line.reference])).values()];
}
