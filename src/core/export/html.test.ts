import fc from "fast-check";
import { expect, test } from "vitest";
import { anyExtraction } from "../../../test/oracles/anyExtraction.ts";
import { chineseNote, englishNote } from "../../../test/oracles/notes.ts";
import { plantExtraction } from "../../../test/oracles/plant.ts";
import { toHtml } from "./html.ts";

const plainText = (html: string): string =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** The part of the report that holds the note. */
function noteIn(html: string): string {
  const [, note] = /<div class="note" dir="auto">([\s\S]*?)<\/div>/.exec(html) ?? [];
  expect(note).toBeDefined();
  return note ?? "";
}

/** The words inside all elements of an entity, by its id; fails where a tag is closed out of order. */
function wordsById(note: string): Map<string, string> {
  const words = new Map<string, string>();
  const open: string[] = [];
  for (const [part, tag] of note.matchAll(/(<[^>]*>)|[^<]+/g)) {
    if (tag === undefined) for (const id of open) words.set(id, (words.get(id) ?? "") + plainText(part));
    else if (tag === "</span>") expect(open.pop()).toBeDefined();
    else open.push(/data-entity-id="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  expect(open).toEqual([]);
  return words;
}

test("the note stands there word by word, and each entity's element holds its words", () => {
  fc.assert(
    fc.property(anyExtraction, (extraction) => {
      const note = noteIn(toHtml(extraction));
      expect(plainText(note.replaceAll(/<[^>]*>/g, ""))).toBe(extraction.document.text);
      const kept = extraction.entities.filter((one) =>
        one.status === "proposed" ? one.selector === null : one.status !== "rejected",
      );
      expect(wordsById(note)).toEqual(new Map(kept.map((entity) => [entity.id, entity.text])));
    }),
  );
});

test("spans that overlap without nesting are cut so that tags stay in order", () => {
  const base = plantExtraction("⟦left lower|Biological_structure⟧ lung");
  const [first] = base.entities;
  if (!first) throw new Error("planted");
  const crossing = { ...first, id: "e2", start: 5, end: 15, text: "lower lung" };
  const parted = { ...first, id: "e3", start: 0, end: 15, text: base.document.text, fragments: [{ start: 0, end: 4 }, { start: 11, end: 15 }] };
  const note = noteIn(toHtml({ ...base, entities: [first, parted, crossing] }));
  expect(wordsById(note)).toEqual(new Map([["e1", "left lower"], ["e2", "lower lung"], ["e3", "leftlung"]]));
  // The label stands once for each entity, where its words end.
  expect(note.match(/class="[^"]*\blast\b/g)).toHaveLength(3);
}); // biome-ignore format: one block reads best

test("nothing in a note or a name can become markup", () => {
  const hostile = `</div><script>alert(1)</script><img src=x onerror="x" title='y'>&amp;\u0000\ud800`;
  const extraction = plantExtraction(`⟦${hostile}|Age⟧`);
  const html = toHtml({ ...extraction, document: { ...extraction.document, name: `${hostile}.txt` } });
  expect(html).not.toMatch(/<script|<img|onerror="/);
  expect(html.isWellFormed() && !html.includes("\u0000")).toBe(true);
  const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag));
  expect([...tags].sort()).toEqual(
    "bdi body dd div dl dt footer h1 h2 head header html li main meta p span strong style table tbody td th thead title tr ul".split(
      " ",
    ),
  );
});

test("one file, no script, nothing fetched, and it says what it is not", () => {
  const html = toHtml(englishNote());
  expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(html).not.toMatch(/\b(?:src|href)=|url\(|@import/);
  expect(html).toContain("This is not a medical device");
  expect(toHtml(chineseNote())).toContain("本软件不是医疗器械");
});

test("the summary: what describes stands behind what it describes, and what is denied is denied", () => {
  const html = toHtml(englishNote());
  expect(html).toContain("<bdi>metoprolol (25 mg, orally, twice daily, for 7 days)</bdi>");
  expect(html).toContain("<bdi>no chest pain</bdi>");
  expect(html).toContain("<bdi>gout (family)</bdi>");
});

test("a highlight is told by more than its colour", () => {
  const note = noteIn(toHtml(englishNote()));
  expect(note).toContain(
    '<span class="entity problem last negated" data-entity-id="e10" data-short="SYM negated" title="Sign or symptom · negated · 0.90">chest pain</span>',
  );
});

test("types of a user's own have a place as well", () => {
  const html = toHtml(plantExtraction("⟦Lisbon|Travel history⟧"));
  expect(noteIn(html)).toContain('class="entity own last"');
  expect(html).toContain('<td dir="auto">Travel history</td>');
});

test("an empty result says so", () => {
  expect(toHtml(plantExtraction("Well."))).toContain("<p>Nothing was found.</p>");
});
