import type { Entity } from "../../entity/entity.ts";
import { modelIdentifiers } from "./device.ts";
import type { Part } from "./draft.ts";
import { aiAssertedByOid } from "./labels.ts";
import { type Note, referTo } from "./note.ts";
import { isReviewed } from "./reading.ts";
import type { Resource } from "./types.ts";
import { coding } from "./vocabulary.ts";

/** A resource of the Bundle and the elements of it that came from the note. */
export type Made = {
  readonly reference: string;
  readonly head: Entity | null;
  readonly parts: readonly Part[];
};

/** How an element came to be: the model alone, the model and a person after it, or a person alone. */
type Way = "machine" | "reviewed" | "person";

/**
 * One Provenance for each way in which elements of the Bundle came to be (AI-Provenance of AI Transparency on FHIR). That
 * a model asserted something first stays on record for good, also where review took the label off.
 */
export function toProvenances(
  note: Note,
  made: readonly Made[],
  instant: string,
): { way: Way; resource: Resource }[] {
  return (["machine", "reviewed", "person"] as const).flatMap((way) => {
    const target = made.flatMap((resource) => targetsIn(resource, way));
    return target.length === 0 ? [] : [{ way, resource: provenance(note, way, target, instant) }];
  });
}

function wayOf(entity: Entity): Way {
  if (entity.status === "added") return "person";
  return isReviewed(entity) ? "reviewed" : "machine";
}

/** The resource itself where its head came this way, else those of its elements that did. */
function targetsIn({ reference, head, parts }: Made, way: Way): unknown[] {
  if (head && wayOf(head) === way) return [{ reference }];
  return parts
    .filter((part) => wayOf(part.entity) === way)
    .map((part) => ({
      extension: [{ url: "http://hl7.org/fhir/StructureDefinition/targetPath", valueString: part.path }],
      reference,
    }));
}

function provenance(note: Note, way: Way, target: readonly unknown[], instant: string): Resource {
  const { run } = note.extraction;
  const device = {
    type: { coding: [coding("participant", "author")] },
    role: [{ coding: [coding("device", "Artificial-Intelligence")] }],
    who: referTo(note, "Device"),
  };
  const person = {
    type: { coding: [coding("participant", way === "person" ? "author" : "verifier")] },
    who: referTo(note, "Practitioner"),
  };
  const source = { role: "source", what: referTo(note, "DocumentReference") };
  const model = {
    role: "derivation",
    what: { identifier: modelIdentifiers(run)[0], display: `Model card of ${run.model}` },
  };
  const prompt = {
    role: "derivation",
    what: {
      identifier: { type: { text: "SHA-256 of prompt and settings" }, value: run.promptSha256 },
      display: "Prompt and settings of the run",
    },
  };
  const byMachine = way !== "person";
  return {
    resourceType: "Provenance",
    ...(byMachine && {
      meta: { profile: ["http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AI-Provenance"] },
    }),
    target,
    recorded: instant,
    ...(byMachine && { reason: [{ coding: [aiAssertedByOid], text: "Artificial Intelligence asserted" }] }),
    activity: { coding: [coding("lifecycle", "transform")] },
    agent: way === "machine" ? [device] : way === "reviewed" ? [device, person] : [person],
    entity: byMachine ? [source, prompt, model] : [source],
  };
}
