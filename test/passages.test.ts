import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { splitPieces } from "#core/document/pieces.ts";
import { contains, overlaps } from "#core/document/span.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { readBratDocument } from "#core/evaluate/readBrat.ts";
import { LINE_ENDS } from "#core/text/lineEnds.ts";
import { bratLines, type Passage, passageGold, readPassages } from "../bench/passages/passageGold.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";

const command = fileURLToPath(new URL("../bench/passages/passages.ts", import.meta.url));
const corpora = fileURLToPath(new URL("../../shared/corpora", import.meta.url));
const absent = !existsSync(corpora);
if (absent) process.stdout.write("skipped: the corpora beside the repository are absent\n");

const passages = readPassages();

const note = "TITLE 🩺\nMr. Ø has had a cough since May.\nLungs: clear.\n";
const passage: Passage = {
  file: "notes/one.txt",
  sha256: createHash("sha256").update(note).digest("hex"),
  start: note.indexOf("Mr."),
  end: note.indexOf("\nLungs"),
  mentions: [
    [note.indexOf("cough"), note.indexOf("cough") + "cough".length, "Sign_symptom"],
    [note.indexOf("May"), note.indexOf("May") + "May".length, "Date"],
  ],
};

/** Puts `text` where the passage's note belongs. */
function plant(folder: string, text: string): void {
  const path = join(folder, passage.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe("a passage as gold", () => {
  test("holds the passage's words alone, with the mentions counted from its start", () => {
    using folder = temporaryFolder();
    plant(folder.path, note);
    const gold = passageGold(passage, folder.path);
    expect(gold.name).toBe(`notes-one-${passage.start}`);
    expect(gold.text).toBe("Mr. Ø has had a cough since May.");
    expect(gold.mentions.map(({ start, end, type }) => [type, gold.text.slice(start, end)])).toEqual([
      ["Sign_symptom", "cough"],
      ["Date", "May"],
    ]);
  });

  test("is read back from its brat lines, also behind an astral character", () => {
    const text = "🩺 mild cough";
    const mentions = [
      { start: 3, end: 7, type: "Severity" },
      { start: 8, end: 13, type: "Sign_symptom" },
    ];
    const ann = bratLines({ name: "one", text, mentions });
    expect(ann).toBe("T1\tSeverity 2 6\tmild\nT2\tSign_symptom 7 12\tcough\n");
    expect(readBratDocument("one", text, ann).mentions).toEqual(mentions);
  });

  test("is refused where the note is another than the annotated one", () => {
    using folder = temporaryFolder();
    plant(folder.path, `${note} `);
    expect(() => passageGold(passage, folder.path)).toThrow(
      expect.objectContaining({ code: "NG-CORPUS", params: { name: passage.file } }),
    );
  });

  test("is refused where the note is absent", () => {
    using folder = temporaryFolder();
    expect(() => passageGold(passage, folder.path)).toThrow(expect.objectContaining({ code: "NG-READ" }));
  });
});

describe("passages.json", () => {
  test("holds 40 passages, at most one of a note", () => {
    expect(new Set(passages.map(({ file }) => file)).size).toBe(40);
    expect(passages).toHaveLength(40);
  });

  test.each(passages)("$file: mentions lie in the passage, in document order, of known types", (one) => {
    const types = new Set(entityTypes.map(({ name }) => name));
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(one.mentions.length).toBeGreaterThan(0);
    for (const [start, end, type] of one.mentions) {
      expect(types).toContain(type);
      expect([start, end].every(Number.isInteger)).toBe(true);
      expect(one.start <= start && start < end && end <= one.end).toBe(true);
    }
    const order = one.mentions.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
    expect(one.mentions).toEqual(order);
    expect(new Set(one.mentions.map(String)).size).toBe(one.mentions.length);
  });

  test.each(passages)("$file: mentions nest or lie apart", (one) => {
    const spans = one.mentions.map(([start, end]) => ({ start, end }));
    for (const [index, a] of spans.entries()) {
      for (const b of spans.slice(index + 1)) {
        expect(!overlaps(a, b) || contains(a, b) || contains(b, a)).toBe(true);
      }
    }
  });
});

describe.skipIf(absent)("the passages in their notes", () => {
  test.each(passages)("$file: mentions are trimmed, on one line and at borders of pieces", (one) => {
    const { text, mentions } = passageGold(one, corpora);
    const pieces = splitPieces(text);
    const starts = new Set(pieces.map(({ start }) => start));
    const ends = new Set(pieces.map(({ end }) => end));
    expect(text.trim()).toBe(text);
    for (const { start, end } of mentions) {
      const words = text.slice(start, end);
      expect(words.trim() === words && !LINE_ENDS.test(words)).toBe(true);
      expect(starts.has(start) && ends.has(end)).toBe(true);
    }
  });

  test.each(passages)("$file: a passage has 60 to 160 words", (one) => {
    const words = passageGold(one, corpora).text.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(60);
    expect(words).toBeLessThanOrEqual(160);
  });

  test("the command writes a brat folder that is read without loss", () => {
    using folder = temporaryFolder();
    const run = spawnSync(process.execPath, [command, folder.file("out")], { encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stdout: "40 passages\n", stderr: "" });
    const read = (file: string): string => readFileSync(join(folder.file("out"), file), "utf8");
    expect(readdirSync(folder.file("out"))).toHaveLength(80);
    for (const one of passages) {
      const gold = passageGold(one, corpora);
      const back = readBratDocument(gold.name, read(`${gold.name}.txt`), read(`${gold.name}.ann`));
      expect(back.text).toBe(gold.text);
      expect(new Set(back.mentions.map((mention) => JSON.stringify(mention)))).toEqual(
        new Set(gold.mentions.map(({ start, end, type }) => JSON.stringify({ start, end, type }))),
      );
    }
  });
});

describe("the command", () => {
  test("ends with a code and writes nothing where the corpora are absent", () => {
    using folder = temporaryFolder();
    const out = folder.file("out");
    const run = spawnSync(process.execPath, [command, out, "--corpora", folder.file("none")], {
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/mtsamples\/\d+\.txt could not be read \(it does not exist\).*\[NG-READ\]\n$/);
    expect(existsSync(out)).toBe(false);
  });

  test("ends with a code and writes nothing where a note has changed", () => {
    using folder = temporaryFolder();
    const { file } = passages[0] as Passage;
    mkdirSync(join(folder.path, dirname(file)), { recursive: true });
    writeFileSync(join(folder.path, file), "Another note.\n");
    const run = spawnSync(process.execPath, [command, folder.file("out"), "--corpora", folder.path], {
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("[NG-CORPUS]");
    expect(existsSync(folder.file("out"))).toBe(false);
  });

  test("asks for one folder", () => {
    const run = spawnSync(process.execPath, [command], { encoding: "utf8" });
    expect(run).toMatchObject({ status: 2 });
    expect(run.stderr).toContain("[NG-USAGE]");
  });
});
