/** FHIR's generated narrative: https://hl7.org/fhir/R4/narrative.html */
export type Narrative = { readonly status: "generated"; readonly div: string };

/** One line is a paragraph, several are a list; words are shown as they are, whatever they hold. */
export function narrative(lines: readonly string[], language: string): Narrative {
  const [only = ""] = lines;
  const body =
    lines.length === 1
      ? `<p>${escapeXml(only)}</p>`
      : `<ul>${lines.map((line) => `<li>${escapeXml(line)}</li>`).join("")}</ul>`;
  return {
    status: "generated",
    div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="${language}" xml:lang="${language}">${body}</div>`,
  };
}

/** Text for XML 1.0, in which most control characters cannot stand at all, not even escaped. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
