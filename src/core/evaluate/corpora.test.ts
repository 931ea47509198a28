import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { splitPieces } from "../document/pieces.ts";
import { entityTypes, typeNames } from "../entity/entityTypes.ts";
import type { GoldDocument } from "./gold.ts";
import { mapLabels, parseLabelMap } from "./labelMap.ts";
import { readBrat, readBratDocument } from "./readBrat.ts";
import { schemeOf } from "./readFor.ts";
import { readIob } from "./readIob.ts";

const corpora = new URL("../../../../shared/corpora/", import.meta.url);
const absent = !existsSync(corpora);
if (absent) process.stdout.write("skipped: the corpora beside the repository are absent\n");

const read = (path: string): string => readFileSync(new URL(path, corpora), "utf8");

const bare = (words: string): string => words.replace(/\s+/g, "");

/** Share of gold mentions whose ends are ends of pieces, so that a grounded decoder can find them. */
function expressible(documents: readonly GoldDocument[]): number {
  let total = 0;
  let possible = 0;
  for (const { text, mentions } of documents) {
    const pieces = splitPieces(text);
    const starts = new Set(pieces.map((piece) => piece.start));
    const ends = new Set(pieces.map((piece) => piece.end));
    total += mentions.length;
    possible += mentions.filter((mention) => starts.has(mention.start) && ends.has(mention.end)).length;
  }
  return possible / total;
}

describe.skipIf(absent)("the corpora as they are", () => {
  test("MACCROBAT: no span of the 150 notes is misaligned, and pieces express nearly all", () => {
    const names = readdirSync(new URL("maccrobat2020/", corpora))
      .filter((file) => file.endsWith(".ann"))
      .map((file) => file.slice(0, -".ann".length));
    const wanted = new Set(entityTypes.map((type) => type.name));
    let lines = 0;
    let parted = 0;
    const documents = names.map((name) => {
      const text = read(`maccrobat2020/${name}.txt`);
      const ann = read(`maccrobat2020/${name}.ann`);
      const mentions = readBrat(ann, text, name);
      const words = new Map([...ann.matchAll(/^(T\d+)\t[^\t]*\t(.*)$/gm)].map(([, id, text]) => [id, text]));
      const misaligned = mentions.filter(({ id, start, end, fragments }) => {
        const slices = (fragments ?? [{ start, end }]).map((part) => text.slice(part.start, part.end));
        return bare(slices.join("")) !== bare(words.get(id) ?? "");
      });
      expect(misaligned).toEqual([]);
      lines += mentions.length;
      parted += mentions.filter((mention) => mention.fragments).length;
      const document = mapLabels(readBratDocument(name, text, ann));
      return { ...document, mentions: document.mentions.filter((mention) => wanted.has(mention.type)) };
    });
    const byType: Record<string, number> = {};
    for (const mention of documents.flatMap((document) => document.mentions)) {
      byType[mention.type] = (byType[mention.type] ?? 0) + 1;
    }
    const share = expressible(documents);
    process.stdout.write(`maccrobat2020: ${JSON.stringify({ lines, parted, share, byType })}\n`);
    expect(documents).toHaveLength(150);
    expect(lines).toBe(18_937);
    expect(Object.keys(byType)).toHaveLength(18);
    expect(share).toBeGreaterThan(0.99);
  });

  test("their names tell what they were read for: MACCROBAT every type, NCBI-disease its diseases alone", () => {
    const readFor = (folder: string, map?: string) => {
      const files = readdirSync(new URL(folder, corpora)).filter((file) => file.endsWith(".ann"));
      const gold = files.map((file) => {
        const name = file.slice(0, -".ann".length);
        return readBratDocument(name, read(`${folder}${name}.txt`), read(`${folder}${file}`));
      });
      const scheme = schemeOf(gold, { known: typeNames() });
      const labels = map === undefined ? undefined : parseLabelMap(map);
      return gold.map((document) => mapLabels(scheme(document), labels).readFor);
    };
    const every = [...typeNames()];
    for (const types of readFor("maccrobat2020/")) expect(types).toEqual(expect.arrayContaining(every));
    const diseases = ["SpecificDisease", "DiseaseClass", "CompositeMention", "Modifier"];
    const map = diseases.map((label) => `${label}=Disease_disorder`).join();
    for (const types of readFor("ncbi-disease/devel/", map)) expect(types).toEqual(["Disease_disorder"]);
  });

  test("BC5CDR and cEHRNER: the IOB files give texts that hold their mentions", () => {
    const chinese = readIob("dev", read("cehrner-zh/dev.txt"));
    const english = readIob("devel", read("bc5cdr/devel.tsv"));
    const tagged = (file: string): number => (read(file).match(/[ \t]B[_-]/g) ?? []).length;
    const count = (documents: readonly GoldDocument[]): number =>
      documents.reduce((sum, document) => sum + document.mentions.length, 0);
    process.stdout.write(
      `${JSON.stringify({ chinese: [chinese.length, count(chinese), expressible(chinese)], english: [english.length, count(english), expressible(english)] })}\n`,
    );
    expect(chinese[0]?.text).not.toMatch(/\p{Script=Han} \p{Script=Han}/u);
    expect(count(chinese)).toBeGreaterThanOrEqual(tagged("cehrner-zh/dev.txt"));
    expect(count(english)).toBeGreaterThanOrEqual(tagged("bc5cdr/devel.tsv"));
    expect(expressible(chinese)).toBeGreaterThan(0.99);
    expect(expressible(english)).toBeGreaterThan(0.99);
  });
});
