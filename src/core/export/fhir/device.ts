import type { RunInfo } from "../../entity/extraction.ts";
import type { Identifier, Resource } from "./types.ts";
import { coding } from "./vocabulary.ts";

/** The program with the model that read the note, by the AI-Device profile of AI Transparency on FHIR. */
export function toDevice(run: RunInfo): Resource {
  return {
    resourceType: "Device",
    meta: { profile: ["http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AI-Device"] },
    extension: [
      {
        url: "http://hl7.org/fhir/uv/aitransparency/StructureDefinition/aitransparency.AIKind",
        valueCodeableConcept: { coding: [coding("device", "Large-Language-Models")] },
      },
    ],
    identifier: modelIdentifiers(run),
    deviceName: [{ name: `Notegrain with ${run.model}`, type: "user-friendly-name" }],
    type: { coding: [coding("device", "Artificial-Intelligence")] },
    version: [{ type: { text: "model" }, value: run.model }],
  };
}

/** What pins the model down: the hashes of its file and of the adapter on it. */
export function modelIdentifiers(run: RunInfo): Identifier[] {
  const model = { type: { text: "SHA-256 of the model (GGUF)" }, value: run.modelSha256 };
  if (run.adapterSha256 === null) return [model];
  return [model, { type: { text: "SHA-256 of the adapter (LoRA, GGUF)" }, value: run.adapterSha256 }];
}
