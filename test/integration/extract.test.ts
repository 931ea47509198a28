import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { notegrain, root } from "./run.ts";

type Json = {
  schema: string;
  document: { name: string; coverage: number; text?: string; utf16Length: number };
  run: { seconds: number };
  entities: {
    id: string;
    type: string;
    text: string;
    start: number;
    end: number;
    startCodePoint: number;
    endCodePoint: number;
  }[];
};

const english = join(root, "examples/admission-en.txt");
const chinese = join(root, "examples/admission-zh.txt");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notegrain-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A short note with a name of its own. */
function note(name: string, text = "She took aspirin 100 mg daily for chest pain.\n"): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function everySliceFits(result: Json, text: string): void {
  const points = [...text];
  for (const entity of result.entities) {
    expect(text.slice(entity.start, entity.end)).toBe(entity.text);
    expect(points.slice(entity.startCodePoint, entity.endCodePoint).join("")).toBe(entity.text);
  }
}

describe("extract", () => {
  test.each([english, chinese])("%s: entities, each the slice it says", async (path) => {
    const { code, stdout } = await notegrain(["extract", path, "--format", "json"]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as Json;
    expect(result.schema).toBe("notegrain/extraction@1");
    expect(result.document.coverage).toBe(1);
    expect(result.entities.length).toBeGreaterThan(20);
    everySliceFits(result, readFileSync(path, "utf8"));
  });

  test("the same note gives the same bytes, but for the time it took", async () => {
    const once = JSON.parse((await notegrain(["extract", english])).stdout);
    const again = JSON.parse((await notegrain(["extract", english])).stdout);
    for (const { run } of [once, again]) run.seconds = run.tokensPerSecond = 0;
    expect(again).toEqual(once);
  });

  test("CRLF, tabs, combining marks, emoji, full-width marks: offsets stay exact", async () => {
    const text =
      "Complaints:\r\n\t胸痛，伴咳嗽。\r\nTook aspirin 100\u00a0mg 😀 for cafe\u0301 pain．𠮷野 denied fever\r\n";
    const { stdout } = await notegrain(["extract", "-", "--with-text"], { input: text });
    const result = JSON.parse(stdout) as Json;
    expect(result.document.text).toBe(text);
    expect(result.document.coverage).toBe(1);
    everySliceFits(result, text);
  });

  test("UTF-16 with its mark is read", async () => {
    const path = join(folder, "utf16.txt");
    writeFileSync(path, Buffer.from("\ufeffShe took aspirin for chest pain.", "utf16le"));
    const { code, stdout } = await notegrain(["extract", path, "--with-text"]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Json).document.text).toBe("She took aspirin for chest pain.");
  });

  test("several inputs: a JSON array, the failed ones named, the others done", async () => {
    const empty = note("empty.txt", " \n");
    const binary = note("binary.txt", "a\0b");
    const { code, stdout, stderr } = await notegrain([
      "extract",
      note("a.txt"),
      empty,
      binary,
      join(folder, "gone.txt"),
    ]);
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Json[]).map(({ document }) => document.name)).toEqual(["a.txt"]);
    for (const word of ["empty.txt", "NG-EMPTY", "binary.txt", "NG-BINARY", "gone.txt", "NG-READ"]) {
      expect(stderr).toContain(word);
    }
    expect(stderr).not.toContain("aspirin");
  });

  test("a folder: the same subfolders, extensions kept where names clash, unknown kinds named", async () => {
    note("in/ward/a.txt");
    note("in/ward/a.md");
    note("in/b.txt");
    note("in/scan.png", "\x89PNG");
    const out = join(folder, "out");
    const { code, stderr } = await notegrain([
      "extract",
      join(folder, "in"),
      "--out",
      out,
      "--format",
      "csv",
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain("scan.png");
    expect(readdirSync(out).sort()).toEqual(["b.csv", "notegrain-results.jsonl", "ward"]);
    expect(readdirSync(join(out, "ward")).sort()).toEqual(["a.md.csv", "a.txt.csv"]);
  });

  test("--resume skips what is finished and does what is not", async () => {
    for (let number = 0; number < 6; number++) note(`in/${number}.txt`);
    const args = [
      "extract",
      join(folder, "in"),
      "--out",
      join(folder, "out"),
      "--format",
      "json",
      "--resume",
    ];
    await notegrain(args);
    rmSync(join(folder, "in/3.txt"));
    note("in/3.txt", "He was given heparin.\n");
    note("in/new.txt");
    const before = readFileSync(join(folder, "out/notegrain-results.jsonl"), "utf8")
      .trim()
      .split("\n").length;
    const { code } = await notegrain(args);
    const after = readFileSync(join(folder, "out/notegrain-results.jsonl"), "utf8").trim().split("\n").length;
    expect({ code, before, added: after - before }).toEqual({ code: 0, before: 6, added: 2 });
  });

  test("Ctrl-C ends with 130, a valid array on standard output, and what was stored kept", async () => {
    for (let number = 0; number < 60; number++) copyFileSync(english, note(`in/${number}.txt`));
    const store = join(folder, "cases.db");
    const args = ["extract", join(folder, "in"), "--format", "json", "--store", store];
    const { code, stdout } = await notegrain(args, { interrupt: true });
    expect(code).toBe(130);
    const printed = (JSON.parse(stdout) as Json[]).length;
    expect(printed).toBeGreaterThan(0);
    expect(printed).toBeLessThan(60);
    // All 60 hold the same bytes under different names; a note is kept with its run or not at all.
    const cases = JSON.parse(
      (await notegrain(["cases", "list", "--store", store, "--format", "json"])).stdout,
    );
    expect(cases).toHaveLength(printed);
  });

  test.each([
    [["extract"], 2, "missing required argument"],
    [["extract", "--format", "xml", "x"], 2, "--format"],
    [["extract", english, "--format", "brat"], 2, "NG-USAGE"],
    [["extract", english, "--resume"], 2, "NG-USAGE"],
    [["extract", english, "--date", "yesterday"], 2, "NG-USAGE"],
    [["extract", english, "--types", "Medication,Weather"], 2, "NG-TYPES"],
    [["extract", english, "--model", "no-such.gguf"], 3, "NG-MODEL-MISSING"],
    [["extract", english, "--model", "package.json"], 3, "NG-MODEL-FORMAT"],
    [["cases", "list", "--store", "no-such.db"], 1, "NG-NOT-FOUND"],
    [["no-such-command"], 2, "unknown command"],
  ] as const)("%j ends with %i and says %s", async (args, code, words) => {
    const ran = await notegrain(args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(words);
    expect(ran.stdout).toBe("");
  });
});

describe("cases", () => {
  test("extract --store, list, show, export, delete; running again keeps the earlier run", async () => {
    const store = join(folder, "cases.db");
    for (let time = 0; time < 2; time++)
      await notegrain(["extract", english, "--store", store, "--format", "jsonl"]);
    const [row] = JSON.parse(
      (await notegrain(["cases", "list", "--store", store, "--format", "json"])).stdout,
    );
    expect(row.title).toContain("admission-en");
    const shown = JSON.parse(
      (await notegrain(["cases", "show", String(row.caseId), "--store", store])).stdout,
    );
    expect(shown.contents[0].runs).toHaveLength(2);

    const first = await notegrain(["cases", "export", "--store", store, "--format", "fhir"]);
    const second = await notegrain(["cases", "export", "--store", store, "--format", "fhir"]);
    expect(JSON.parse(first.stdout).resourceType).toBe("Bundle");
    expect(second.stdout).toBe(first.stdout);

    expect((await notegrain(["cases", "delete", String(row.caseId), "--store", store])).code).toBe(0);
    expect((await notegrain(["cases", "list", "--store", store, "--format", "json"])).stdout.trim()).toBe(
      "[]",
    );
  });
});

test("selftest: a full run opens no socket and looks up no name", async () => {
  const { code, stdout } = await notegrain(["selftest", "--offline"]);
  expect(JSON.parse(stdout)).toMatchObject({ offline: true, networkUse: [], notes: 2 });
  expect(code).toBe(0);
});
