import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { indexCodePoints } from "#core/document/codePoints.ts";
import { NotegrainError } from "#core/errors.ts";
import type { GoldDocument } from "#core/evaluate/gold.ts";
import { decodeText } from "#files/decodeText.ts";
import { systemReason } from "#files/systemReason.ts";

/** One annotated passage of a note, as passages.json holds it: places and types, none of the note's words. */
export type Passage = {
  /** The note's path in the folder of corpora. */
  readonly file: string;
  /** SHA-256 of the whole note's bytes, in hexadecimal. */
  readonly sha256: string;
  /** UTF-16 offsets of the passage in the note. */
  readonly start: number;
  readonly end: number;
  /** Start, end (UTF-16 offsets in the note) and entity type of every mention, the outer of two nested ones first. */
  readonly mentions: readonly (readonly [start: number, end: number, type: string])[];
};

/** The passages that stand in passages.json. */
export function readPassages(): Passage[] {
  return JSON.parse(readFileSync(new URL("passages.json", import.meta.url), "utf8"));
}

/**
 * The passage as a document of its own: its words from the note below the folder `corpora`, its mentions counted from
 * its start.
 * @throws NG-READ where the note is absent, NG-CORPUS where it is not the note that was annotated
 */
export function passageGold(passage: Passage, corpora: string): GoldDocument {
  const bytes = readNote(passage.file, corpora);
  if (createHash("sha256").update(bytes).digest("hex") !== passage.sha256) {
    throw new NotegrainError("NG-CORPUS", { name: passage.file });
  }
  return {
    name: passageName(passage),
    text: decodeText(bytes, passage.file).slice(passage.start, passage.end),
    mentions: passage.mentions.map(([start, end, type]) => ({
      start: start - passage.start,
      end: end - passage.start,
      type,
    })),
  };
}

/** A file name without extension, different for each passage: folder, note and start. */
function passageName({ file, start }: Passage): string {
  return `${file.replace(/\.txt$/, "").replaceAll("/", "-")}-${start}`;
}

function readNote(file: string, corpora: string): Uint8Array {
  try {
    return readFileSync(join(corpora, file));
  } catch (error) {
    throw new NotegrainError("NG-READ", { name: file, reason: systemReason(error) }, { cause: error });
  }
}

/** The mentions as the `T` lines of a brat .ann file, for mentions that hold no line break; offsets in code points. */
export function bratLines({ text, mentions }: GoldDocument): string {
  const { fromUtf16 } = indexCodePoints(text);
  return mentions
    .map(
      ({ start, end, type }, index) =>
        `T${index + 1}\t${type} ${fromUtf16(start)} ${fromUtf16(end)}\t${text.slice(start, end)}\n`,
    )
    .join("");
}
