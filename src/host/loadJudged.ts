import { resolve } from "node:path";
import type { InferencePort } from "#core/ports.ts";
import { loadBackbone, loadModel } from "#engine/loadModel.ts";
import { openModelFile } from "#engine/modelFile.ts";
import type { StateFolder } from "#engine/states/stateFolder.ts";

/** A model, and the selector that judges what it finds. To dispose of the model lets go of both. */
export type Judged = { readonly port: InferencePort; readonly selector: InferencePort };

/**
 * Loads a model with a selector. Where that is an adapter for the model, or the model itself, its weights are in
 * memory once.
 * @throws what `loadModel` throws, for either
 */
export async function loadJudged(files: {
  readonly model: string;
  readonly adapter?: string | undefined;
  readonly selector: string;
  /** As `LoadOptions.states`. */
  readonly states?: StateFolder | undefined;
}): Promise<Judged> {
  const { facts } = await openModelFile(files.selector);
  const isAdapter = facts.kind === "adapter";
  if (!isAdapter && resolve(files.selector) !== resolve(files.model)) return loadBoth(files);
  const adapters = [files.adapter, isAdapter ? files.selector : undefined].filter(
    (path) => path !== undefined,
  );
  const backbone = await loadBackbone({ modelPath: files.model, states: files.states }, adapters);
  try {
    const port = await backbone.open(files.adapter ?? null);
    const selector = await backbone.open(isAdapter ? files.selector : null);
    return { port: { ...port, dispose: backbone.dispose }, selector };
  } catch (error) {
    await backbone.dispose();
    throw error;
  }
}

/** Two models that have nothing in common. */
async function loadBoth(files: Parameters<typeof loadJudged>[0]): Promise<Judged> {
  const port = await loadModel({
    modelPath: files.model,
    states: files.states,
    ...(files.adapter === undefined ? {} : { adapterPath: files.adapter }),
  });
  try {
    const selector = await loadModel({ modelPath: files.selector, states: files.states });
    const dispose = async () => void (await Promise.all([port.dispose(), selector.dispose()]));
    return { port: { ...port, dispose }, selector };
  } catch (error) {
    await port.dispose();
    throw error;
  }
}
