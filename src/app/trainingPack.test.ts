import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Extraction } from "#core/entity/extraction.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { readBratDocument } from "#core/evaluate/readBrat.ts";
import { chineseNote, englishNote } from "../../test/oracles/notes.ts";
import { type Details, plant, plantExtraction } from "../../test/oracles/plant.ts";
import { goldBank } from "./exampleBank.ts";
import { trainingPack } from "./trainingPack.ts";

/** A note under an id of its own. */
const named = (id: string, extraction: Extraction): Extraction => ({
  ...extraction,
  document: { ...extraction.document, id },
});

/** All of a note's entities accepted. */
const accepted = (extraction: Extraction): Extraction => ({
  ...extraction,
  entities: extraction.entities.map((entity) => ({ ...entity, status: "accepted" })),
});

const status = (...statuses: NonNullable<Details["status"]>[]): Record<string, Details> =>
  Object.fromEntries(statuses.map((one, i) => [`e${i + 1}`, { status: one }]));

const odd =
  "😀 Took ⟦aspirin\u00a0100\u2028mg|Medication⟧ and\r\n⟦chest\r\npain|Sign_symptom⟧ went; ⟦⟦left|Biological_structure⟧ arm|Biological_structure⟧ 𠮷 ⟦cough|Sign_symptom⟧.";
const notes = [
  named("english", accepted(englishNote())),
  named("chinese", accepted(chineseNote())),
  named("odd", plantExtraction(odd, status("edited", "added", "accepted", "accepted", "rejected"))),
  named(
    "open",
    plantExtraction("⟦Fever|Sign_symptom⟧ and ⟦cough|Sign_symptom⟧.", status("accepted", "proposed")),
  ),
  named("bare", plantExtraction("Nothing was found here.")),
];

/** A site's own types: one that a note was read for, one that none was. */
const device = { name: "Device", definition: "An implant or an aid.", examples: ["pacemaker", "walker"] };
const allergen = { name: "Allergen", definition: "What an allergy is to.", examples: [] };
const site = accepted(plantExtraction("The ⟦pacemaker|Device⟧ was checked."));
const ofSite = named("site", { ...site, run: { ...site.run, types: [...site.run.types, "Device"] } });

/** The files of a pack by name. */
function filesOf(
  extractions: readonly Extraction[],
  ownTypes: readonly OwnType[] = [],
): (name: string) => string {
  const files = new Map(trainingPack(extractions, ownTypes).map(({ name, content }) => [name, content]));
  return (name) => {
    const content = files.get(name);
    if (content === undefined) throw new Error(`the pack has no ${name}`);
    return content;
  };
}

/** What a pack says, read as any brat folder is. */
function read(name: string, file: (name: string) => string) {
  return readBratDocument(name, file(`${name}.txt`), file(`${name}.ann`));
}

describe("a training pack", () => {
  test("holds notes reviewed to the end and nothing else, with their hashes and types", () => {
    const file = filesOf(notes);
    const manifest = JSON.parse(file("manifest.json"));
    expect(manifest.schema).toBe("notegrain/training@1");
    expect(manifest.documents.map(({ name }: { name: string }) => name)).toEqual([
      "english",
      "chinese",
      "odd",
    ]);
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    for (const { name, annSha256, txtSha256, types } of manifest.documents) {
      expect([hash(file(`${name}.ann`)), hash(file(`${name}.txt`))]).toEqual([annSha256, txtSha256]);
      for (const type of types) expect(manifest.types).toContain(type);
    }
    expect(trainingPack([])).toHaveLength(1);
  });

  test("gives back every span that a person left, whatever stands in the text", () => {
    const file = filesOf(notes);
    const { text, mentions } = plant(odd);
    const gold = read("odd", file);
    expect(gold.text).toBe(text);
    expect(gold.mentions).toEqual(mentions.slice(0, -1));
    for (const note of notes.slice(0, 2)) {
      const spans = note.entities.map(({ start, end, type }) => ({ start, end, type }));
      expect(read(note.document.id, file).mentions).toEqual(expect.arrayContaining(spans));
      expect(read(note.document.id, file).mentions).toHaveLength(spans.length);
    }
  });

  test("becomes an example bank without a fault", () => {
    const file = filesOf(notes);
    const { bank, faults } = goldBank("pack", [read("english", file), read("chinese", file)]);
    expect(faults).toEqual([]);
    expect(bank.types.size).toBe(new Set(notes.slice(0, 2).flatMap(({ run }) => run.types)).size);
  });

  test("says what a site's own types mean, of those that a note in it was read for", () => {
    const own = (extractions: readonly Extraction[]) =>
      JSON.parse(filesOf(extractions, [allergen, device])("manifest.json")).ownTypes;
    expect(own([...notes, ofSite])).toEqual([device]);
    expect(own(notes)).toBeUndefined();
  });

  test("is what training/ reads in its own tests", async () => {
    const file = filesOf([...notes, ofSite]);
    const points = (text: string, at: number) => [...text.slice(0, at)].length;
    const kept = ["english", "chinese", "odd", "site"];
    const fixture = {
      about: "A training pack for training/tests/test_packs.py, written by src/app/trainingPack.test.ts.",
      files: trainingPack([...notes, ofSite], [device, allergen]),
      entities: kept.flatMap((name) => {
        const { text, mentions } = read(name, file);
        return mentions.map(({ type, start, end }) => ({
          name,
          type,
          start: points(text, start),
          end: points(text, end),
        }));
      }),
    };
    await expect(`${JSON.stringify(fixture, null, 2)}\n`).toMatchFileSnapshot(
      "../../test/fixtures/training-pack.json",
    );
  });
});
