import { createHash } from "node:crypto";
import { detectLanguage } from "#core/document/language.ts";
import type { Language } from "#core/document/noteDocument.ts";
import type { Extraction } from "#core/entity/extraction.ts";
import { type ExtractRequest, type ExtractSettings, extract, promptIdentity } from "#core/pipeline.ts";
import type { InferencePort, ReadNote } from "#core/ports.ts";

export type NoteOptions = {
  /** `auto` decides by the share of Han characters. */
  readonly language: "auto" | Language;
  /** ISO 8601. */
  readonly date: string;
} & Pick<ExtractRequest, "signal" | "onProgress">;

/** SHA-256 (hex) of a string in UTF-8. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The same file under the same name has the same id in every store. */
export function documentId(note: Pick<ReadNote, "sha256" | "name">): string {
  return sha256Hex(`${note.sha256}\n${note.name}`).slice(0, 16);
}

/** What `run.promptSha256` will say of a run with these settings. */
export function promptSha256(port: InferencePort, settings: ExtractSettings): string {
  return sha256Hex(promptIdentity(port, settings));
}

/**
 * Reads one note with one model.
 * @throws whatever the pipeline throws
 */
export function extractNote(
  port: InferencePort,
  note: ReadNote,
  settings: ExtractSettings,
  { language, ...rest }: NoteOptions,
): Promise<Extraction> {
  const document = {
    id: documentId(note),
    name: note.name,
    text: note.text,
    sha256: note.sha256,
    language: language === "auto" ? detectLanguage(note.text) : language,
  };
  return extract(port, { ...settings, ...rest, document, hash: sha256Hex, now: () => performance.now() });
}
