import { existsSync } from "node:fs";
import { basename } from "node:path";
import { describeError, exitCode, NotegrainError, type PlainError, toPlainError } from "#contract/errors.ts";
import { openEncoder } from "#host/openEncoder.ts";
import type { Host } from "#host/openHost.ts";
import { backboneFiles } from "#host/paths.ts";
import {
  type Backbone,
  type EmbeddingPort,
  type EvaluatedRuns,
  evaluateRuns,
  type GoldDocument,
  type InferencePort,
  parseRunSpecs,
  type RunSpec,
  runsTable,
  type StoreBank,
  type UnlearnedGold,
  unlearnedGold,
} from "#host/useCases.ts";
import { bankFaults, fewShotOf, needsEncoder } from "./bankOptions.ts";
import { learnedNotice } from "./learnedGold.ts";
import { type ModelFlags, readTypes } from "./modelOptions.ts";
import { errorLine } from "./report.ts";

export type RowFlags = ModelFlags & {
  runs: string;
  format: "table" | "json";
  lang: "auto" | "en" | "zh";
};

/** What `--runs` reads on, and how it tells how far it is. */
export type RowRequest = {
  readonly gold: readonly GoldDocument[];
  /**
   * The examples of the rows `few:…`; called once, and only where there is one.
   * @param known the types that there are
   * @throws NG-READ, NG-BANK
   */
  readonly openExamples: (embedding: EmbeddingPort | null, known: ReadonlySet<string>) => Promise<StoreBank>;
  readonly signal: AbortSignal;
  /** Called with the documents read so far, over all rows, and how many that will be. */
  readonly onProgress: (done: number, total: number) => void;
};

/**
 * `notegrain evaluate --runs zero,few:token,tuned`: the paradigm table on one backbone.
 * @returns what to print, a line for each row that could not be read, and the exit code
 * @throws NG-USAGE, NG-BACKBONE, NG-TYPES, NG-LEARNED; what loading throws; NG-CANCELLED
 */
export async function evaluateRows(
  host: Host,
  flags: RowFlags,
  { gold, openExamples, signal, onProgress }: RowRequest,
): Promise<{ readonly output: string; readonly failures: readonly string[]; readonly code: number }> {
  if (flags.paradigm !== undefined) {
    throw new NotegrainError("NG-USAGE", {
      detail: "--runs names the paradigms itself; leave out --paradigm.",
    });
  }
  if (flags.selector !== undefined) {
    throw new NotegrainError("NG-USAGE", {
      detail: "--runs compares systems without a selector; leave out --selector.",
    });
  }
  const specs = parseRunSpecs(flags.runs);
  const asked = readTypes(flags);
  const files = filesOf(flags, specs);
  const encoder = specs.some(({ select }) => needsEncoder(select)) ? await encoderOf(flags) : null;
  const embedding = encoder && "identity" in encoder ? encoder : null;
  const hasExamples = specs.some(({ select }) => select !== null);
  const opened = hasExamples ? await openExamples(embedding, asked.known) : null;
  const backbone = await host.loadBackbone(files.model, files.adapter === null ? [] : [files.adapter]);
  try {
    const open = opener(backbone);
    const types = asked.of(await open(null));
    const rows = specs.map(({ spec, paradigm, select }) => ({
      spec,
      settings: () => ({
        ...types,
        paradigm,
        outputFormat: flags.outputFormat,
        fewShot: opened && select !== null ? fewShotOf({ ...flags, select }, opened) : undefined,
      }),
      model: paradigm === "tuned" ? files.adapter : null,
    }));
    const systems = rows.map((row) => (row.model === null ? [files.model] : [files.model, row.model]));
    const unlearned = await unlearnedGold(gold, systems, host.learnedTexts);
    const documents = unlearned.gold.length;
    const table = await evaluateRuns(unlearned.gold, rows, {
      types: types.types,
      open,
      language: flags.lang,
      date: new Date(0).toISOString(),
      signal,
      onDone: (spec, done) => {
        const before = rows.findIndex((row) => row.spec === spec) * documents;
        onProgress(before + done, rows.length * documents);
      },
    });
    const faults = [
      ...(opened?.faults ?? []),
      ...bankFaults(opened, { ...types, outputFormat: flags.outputFormat }),
      ...(encoder && "code" in encoder ? [encoder] : []),
    ];
    return printed(table, unlearned, flags.format, faults);
  } finally {
    await embedding?.dispose();
    await backbone.dispose();
  }
}

/** The encoder, or why there is none: then only the rows that need it fail. */
function encoderOf({ encoder }: Pick<RowFlags, "encoder">): Promise<EmbeddingPort | PlainError> {
  return openEncoder(encoder).catch(toPlainError);
}

/** The backbone that comes with the program and its adapter, unless others are named. @throws NG-BACKBONE */
function filesOf(flags: RowFlags, specs: readonly RunSpec[]): { model: string; adapter: string | null } {
  if (flags.model !== undefined) return { model: flags.model, adapter: flags.adapter ?? null };
  const own = backboneFiles();
  const adapter = flags.adapter ?? own.adapter;
  const needed = specs.some(({ paradigm }) => paradigm === "tuned") ? [own.model, adapter] : [own.model];
  for (const path of needed) {
    if (!existsSync(path)) throw new NotegrainError("NG-BACKBONE", { name: basename(path) });
  }
  return { model: own.model, adapter: needed.length > 1 ? adapter : null };
}

/** Opens the backbone with one adapter at a time, and not again where it is open so. */
function opener(backbone: Backbone): (adapter: string | null) => Promise<InferencePort> {
  let last: { readonly adapter: string | null; readonly port: InferencePort } | null = null;
  return async (adapter) => {
    if (last?.adapter === adapter) return last.port;
    await last?.port.dispose();
    last = null;
    const port = await backbone.open(adapter);
    last = { adapter, port };
    return port;
  };
}

function printed(
  { runs, comparisons }: EvaluatedRuns,
  unlearned: UnlearnedGold,
  format: RowFlags["format"],
  faults: readonly PlainError[],
) {
  const failed = runs.flatMap(({ spec, error }) => (error ? [{ spec, error }] : []));
  const [first] = failed;
  const code = first === undefined ? 0 : failed.length < runs.length ? 1 : exitCode(first.error);
  const { learned, leftOut } = unlearned;
  const isKnown = learned.some((count) => count !== null);
  const json = {
    runs: runs.map(({ spec, evaluation, error }, i) => ({
      spec,
      ...(evaluation ?? { error: { code: error.code, ...describeError(error) } }),
      ...(isKnown && { learned: learned[i] }),
    })),
    ...(isKnown && { leftOut }),
    comparisons,
    correction: "Holm",
  };
  const notice = learnedNotice(
    unlearned,
    runs.map(({ spec }) => spec),
  );
  const rows = runs.map(({ spec, evaluation }) => ({
    spec,
    scores: evaluation,
    secondsPerDocument: evaluation?.secondsPerDocument ?? 0,
  }));
  return {
    output:
      format === "json" ? `${JSON.stringify(json, null, 2)}\n` : `${runsTable(rows, comparisons)}${notice}`,
    failures: [
      ...faults.map((error) => errorLine(error)),
      ...failed.map(({ spec, error }) => errorLine(error, spec)),
    ],
    code,
  };
}
