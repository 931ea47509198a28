import { readFile } from "node:fs/promises";
import type { HabitTables } from "#core/ports.ts";
import type { ModelFile } from "./modelFile.ts";

/** The layout of the file. */
const FORMAT = "draft@1";

/**
 * The counts that training keeps beside a model, as `NAME.draft.json` for `NAME.gguf`. They make it faster and
 * change no result, so where there are none, or they belong to another vocabulary, it does without.
 */
export async function readHabits({ path, facts }: ModelFile): Promise<HabitTables | null> {
  const text = await readFile(path.replace(/\.gguf$/i, ".draft.json"), "utf8").catch(() => null);
  if (text === null || facts.grounded === null) return null;
  const file = parse(text);
  if (file?.format !== FORMAT || String(file.types) !== String(facts.grounded.types)) return null;
  const open = Uint8Array.from(Buffer.from(String(file.open), "base64"));
  const closeBefore = Int8Array.from(Buffer.from(String(file.closeBefore), "base64"));
  const size = facts.shape?.vocabulary;
  if (open.length !== size || closeBefore.length !== size || !isTable(file.closeAfter)) return null;
  return { open, closeBefore, closeAfter: file.closeAfter };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is number[][] {
  return (
    Array.isArray(value) &&
    value.every((row) => Array.isArray(row) && row.every((number) => typeof number === "number"))
  );
}
