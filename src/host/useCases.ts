// What the shells (cli, server, main) may use of the app and of core: they themselves know only this room.
export { type Evaluation, evaluateGold } from "#app/evaluateGold.ts";
export { extractMany, type NoteInput, type NoteOutcome } from "#app/extractMany.ts";
export { keepRun } from "#app/keepRun.ts";
export { outputNames } from "#app/outputNames.ts";
export { type Format, formats, renderFiles, renderStream } from "#app/render.ts";
export { parseResumeLog, resumeLogName } from "#app/resumeLog.ts";
export { noteRunKey, runPlan } from "#app/runPlan.ts";
export { trainingPack } from "#app/trainingPack.ts";
export { entityTypes } from "#core/entity/entityTypes.ts";
export type { Extraction, OutputFormat, Paradigm } from "#core/entity/extraction.ts";
export { mapLabels, parseLabelMap } from "#core/evaluate/labelMap.ts";
export { readBratDocument } from "#core/evaluate/readBrat.ts";
export { readIob } from "#core/evaluate/readIob.ts";
export { scoreTable } from "#core/evaluate/scoreTable.ts";
export type { ExtractSettings } from "#core/pipeline.ts";
export type { InferencePort } from "#core/ports.ts";
export type { RunPlan, StorePort } from "#core/storePort.ts";
export { textTable } from "#core/text/textTable.ts";
