import type { Language } from "../document/noteDocument.ts";
import type { Section } from "../entity/extraction.ts";
import { findHeadings, type Heading } from "./headings.ts";

/** Sections in which the heading of a part ("HEENT:"), listed or not, is no section of its own. */
const hasParts: ReadonlySet<string | null> = new Set(["physical_exam", "review_of_systems"]);

/**
 * The sections of a note: they follow each other without gap from the first unit to the last. What stands
 * before the first title is a section without one. A section begins with its title's numbering or bracket. A text without any title is one section; an empty text none.
 */
export function findSections(text: string, language: Language): Section[] {
  const sections: Section[] = [];
  let open: Omit<Section, "end"> = { category: null, title: { start: 0, end: 0 }, start: 0 };
  const close = (end: number) => {
    if (end > open.start) sections.push({ ...open, end });
  };
  for (const heading of findHeadings(text, language)) {
    const category = resolve(heading, open.category);
    if (category === undefined) continue;
    const start = text.slice(0, heading.from).trim() === "" ? 0 : heading.from;
    close(start);
    open = { category, title: { start: heading.start, end: heading.end }, start };
  }
  close(text.length);
  return sections;
}

/** The category that a heading opens inside section `current`; undefined where it opens none. */
function resolve(heading: Heading, current: string | null): Section["category"] | undefined {
  if (heading.category !== "part" && heading.category !== null) return heading.category;
  if (hasParts.has(current)) return undefined;
  return heading.category === "part" ? "physical_exam" : null;
}
