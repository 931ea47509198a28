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

/** Runs something of the engine; null where it failed, or was not tried. */
type Trial = <T>(run: (probe: typeof import("./probe.ts")) => Promise<T>) => Promise<T | null>;

/**
 * Reads the header of a model or adapter, and measures it for about a second where memory allows. What ends the
 * measurement would end every note: the report tells it beside what the header says.
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
  const failures: PlainError[] = [];
  // The engine is loaded for a trial alone, since a header is read without.
  const trial: Trial = async (run) => {
    if (!measure || !fitsMemory) return null;
    try {
      return await run(await import("./probe.ts"));
    } catch (error) {
      failures.push(toPlainError(error));
      return null;
    }
  };
  const secondsPerNote = facts.kind === "model" ? await trial((probe) => probe.secondsPerNote(path)) : null;
  const adapter = facts.kind === "adapter" ? await checkAdapter(file, base, trial) : null;
  const [failure] = failures;
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
    secondsPerNote,
    ...(failure && { failure }),
    grounded: facts.grounded !== null && facts.grounded.slots === 0,
    ...(facts.kind === "model" && {
      answersInTags: facts.grounded !== null,
      takesPrompts: facts.grounded === null || facts.grounded.slots > 0 || facts.grounded.exampleTokens > 0,
    }),
    types: facts.grounded?.types ?? [],
    adapter,
  };
}

async function checkAdapter(
  adapter: ModelFile,
  base: ModelFile | null,
  trial: Trial,
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
  const changes = await trial((probe) => probe.changesOutput(base.path, adapter.path));
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
