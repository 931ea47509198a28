import { base64 } from "./base64.ts";
import { type Note, referTo } from "./note.ts";
import { sha1 } from "./sha1.ts";
import type { Resource } from "./types.ts";
import { utf8 } from "./utf8.ts";
import { coding } from "./vocabulary.ts";

/** LOINC 34117-2, "History and physical note": what the mission reads. Never guessed from the words. */
export const noteType = { coding: [coding("loinc", "34117-2")], text: "History and physical note" };

/** The note itself, whole: every offset of the Bundle points into it. */
export function toDocumentReference(note: Note, instant: string): Resource {
  const { document } = note.extraction;
  const bytes = utf8(document.text);
  return {
    resourceType: "DocumentReference",
    identifier: [{ type: { text: "SHA-256 of the file that was read" }, value: document.sha256 }],
    status: "current",
    type: noteType,
    subject: referTo(note, "Patient"),
    date: instant,
    description:
      "The note as it was read. Offset and length of a derivation-reference count Unicode code points of this text.",
    content: [
      {
        attachment: {
          contentType: "text/plain; charset=utf-8",
          language: document.language,
          // An element must not be empty; an empty text has a size and a hash all the same.
          ...(bytes.length > 0 && { data: base64(bytes) }),
          size: bytes.length,
          hash: base64(sha1(bytes)),
          title: document.name,
        },
      },
    ],
  };
}
