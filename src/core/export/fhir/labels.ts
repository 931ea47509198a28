import type { Coding, Extension } from "./types.ts";
import { coding } from "./vocabulary.ts";

/** "Artificial Intelligence asserted": the security label of what no person has reviewed. */
export const aiAsserted = coding("observationValue", "AIAST");

/**
 * The same code, its system named by OID. AIAST is younger than the copy of v3-ObservationValue that R4 validators carry:
 * outside `meta.security`, whose binding is extensible, they reject it under the system's usual name.
 */
export const aiAssertedByOid: Coding = { system: "urn:oid:2.16.840.1.113883.5.1063", code: "AIAST" };

/** Tells a reader that single elements carry labels of their own. */
export const processInlineLabel = coding("actCode", "PROCESSINLINELABEL");

/** The label on one element: HL7 Security Labeling DS4P, inline security labels. */
export const inlineLabel: Extension = {
  url: "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label",
  valueCoding: aiAssertedByOid,
};
