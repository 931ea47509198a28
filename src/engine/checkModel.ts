import { createHash } from "node:crypto";
import { describeReason, type PlainError, toPlainError } from "#core/errors.ts";
import type { ModelReport } from "#core/modelReport.ts";
import { promptDrift } from "#core/prompt/taught.ts";
import { requireFit } from "./adapterFit.ts";
import { contextTokensFor } from "./contextSize.ts";
import { fileSha256 } from "./fileHash.ts";
import { availableMemory, memoryNeed } from "./memory.ts";
import { type ModelFile, openModelFile } from "./modelFile.ts";
import { planWork } from "./workPlan.ts";

/**
 * Reads the header of a model or adapter, and measures it for about a second where memory allows.
 * @param options.basePath the model that an adapter is for
 * @param options.measure whether to take the time of a model, and to see what an adapter changes; default yes
 * @throws what `openModelFile` throws
 */
export async function checkModel(
  path: string,
  options: { readonly basePath?: string; readonly measure?: boolean } = {},
): Promise<ModelReport> {
  const { measure = true } = options;
  const file = await openModelFile(path);
  const base = options.basePath === undefined ? null : await openModelFile(options.basePath);
  const { facts } = file;
  const loaded = facts.kind === "adapter" && base ? base : file;
  const need = memoryNeed(loaded, contextTokensFor(loaded.facts), planWork(loaded.bytes, {}).contexts).total;
  const available = availableMemory();
  const fitsMemory = need <= available;
  return {
    fileName: file.fileName,
    kind: facts.kind,
    name: facts.name ?? file.fileName,
    architecture: facts.architecture,
    parameters: facts.parameters,
    layers: facts.shape?.layers ?? 0,
    width: facts.shape?.width ?? 0,
    vocabulary: facts.shape?.vocabulary ?? 0,
    contextTokens: facts.shape?.contextTokens ?? 0,
    ...(facts.kind === "model" && { usedContextTokens: contextTokensFor(facts) }),
    quantisation: facts.quantisation,
    licence: facts.licence,
    fileBytes: file.bytes,
    sha256: await fileSha256(path),
    memoryNeededBytes: need,
    memoryAvailableBytes: available,
    fitsMemory,
    secondsPerNote:
      measure && facts.kind === "model" && fitsMemory
        ? await measured((probe) => probe.secondsPerNote(path))
        : null,
    grounded: facts.grounded !== null && facts.grounded.slots === 0,
    ...(facts.kind === "model" && {
      answersInTags: facts.grounded !== null,
      takesPrompts: facts.grounded === null || facts.grounded.slots > 0 || facts.grounded.exampleTokens > 0,
    }),
    types: facts.grounded?.types ?? [],
    adapter: facts.kind === "adapter" ? await checkAdapter(file, base, measure && fitsMemory) : null,
  };
}

async function checkAdapter(
  adapter: ModelFile,
  base: ModelFile | null,
  measure: boolean,
): Promise<ModelReport["adapter"]> {
  if (base === null) {
    return misfit({
      code: "NG-ADAPTER-BASE",
      params: { name: adapter.fileName, reason: "ADAPTER-NO-BASE" },
    });
  }
  try {
    await requireFit(base, adapter);
  } catch (error) {
    return misfit(toPlainError(error));
  }
  const changes = measure ? await measured((probe) => probe.changesOutput(base.path, adapter.path)) : null;
  const { origin } = adapter.facts;
  const answer = { fitsBase: true, changesOutput: changes, reason: null };
  if (origin?.outputFormat === "selector") return { ...answer, isSelector: true };
  const drift =
    origin &&
    promptDrift(
      origin,
      base.facts.grounded && { hasSlots: base.facts.grounded.slots > 0 },
      origin.outputFormat,
      sha256Hex,
    );
  const taught = origin && { outputFormat: origin.outputFormat, types: origin.types };
  return { ...answer, ...(taught && { taught }), ...(drift && { otherPrompt: drift }) };
}

/** That an adapter does not fit: in words for the terminal, by its code for the app. */
function misfit(refusal: PlainError): ModelReport["adapter"] {
  return { fitsBase: false, changesOutput: null, reason: describeReason(refusal), refusal };
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * A measurement is a courtesy: a model that does not load is reported by what its header says. The engine is
 * loaded for it alone, since a header is read without.
 */
async function measured<T>(measure: (probe: typeof import("./probe.ts")) => Promise<T>): Promise<T | null> {
  try {
    return await measure(await import("./probe.ts"));
  } catch {
    return null;
  }
}
