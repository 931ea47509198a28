import type { ModelReport } from "#contract/records.ts";

type How = {
  /** The model that an adapter is for. */
  readonly basePath?: string;
  /** Whether to run what can only be known by running: the time of a model, what an adapter changes; default yes. */
  readonly measure?: boolean;
};

/**
 * What a file is. The engine is loaded when it is first needed: a start without a model in use stays quick.
 * @throws as `checkModel`
 */
export async function checkFile(path: string, how: How = {}): Promise<ModelReport> {
  const { checkModel } = await import("#engine/checkModel.ts");
  return checkModel(path, how);
}

/**
 * What a file is; of an adapter, beside the first of these models that it fits. A model that cannot be read is passed
 * over.
 * @throws as `checkModel`, for the file itself
 */
export async function checkBeside(
  path: string,
  models: readonly string[],
  how: Pick<How, "measure"> = {},
): Promise<ModelReport> {
  let report = await checkFile(path, how);
  if (report.kind === "model") return report;
  for (const basePath of models) {
    report = await checkFile(path, { ...how, basePath }).catch(() => report);
    if (report.adapter?.fitsBase) break;
  }
  return report;
}
