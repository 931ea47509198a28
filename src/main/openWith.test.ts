import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Backend } from "#contract/client.ts";
import { notePaths, openNotes } from "./openWith.ts";

const folder = mkdtempSync(join(tmpdir(), "notegrain-open-"));
const note = join(folder, "adm 17.TXT");
writeFileSync(note, "Chest pain.");
mkdirSync(join(folder, "other"));
afterAll(() => rmSync(folder, { recursive: true }));

test("takes the notes of a command line, and nothing else of it", () => {
  const words = ["--flag", ".", note, "adm 17.TXT", join(folder, "gone.txt"), "-x.txt", "picture.png"];
  expect(notePaths(words, folder, [".txt"])).toEqual([note, note]);
  expect(notePaths(["adm 17.TXT"], join(folder, "other"), [".txt"])).toEqual([]);
});

test("brings the notes in by their bytes and says which case to show", async () => {
  const asked: unknown[] = [];
  const backend = {
    handle: async (method: string, request: { files: { name: string; bytes: Uint8Array }[] }) => {
      asked.push([method, request.files.map(({ name, bytes }) => [name, bytes.length])]);
      return { ok: true, value: [{ caseId: "3" }, { caseId: null }] };
    },
  } as unknown as Backend;
  expect(await openNotes(backend, [note, join(folder, "gone.txt")])).toBe("3");
  expect(asked).toEqual([["notes.import", [["adm 17.TXT", 11]]]]);
});

test("says nothing where the backend cannot take them", async () => {
  const backend = { handle: async () => ({ ok: false, error: { code: "NG-STORE-FULL", params: {} } }) };
  expect(await openNotes(backend as unknown as Backend, [note])).toBeNull();
});
