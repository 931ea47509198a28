import type { ExportFile, ExportRecord, ExportRequest } from "#contract/records.ts";
import { isKept } from "#core/entity/entity.ts";
import type { Extraction } from "#core/entity/extraction.ts";
import { matches } from "#core/entity/filter.ts";
import { isReviewed } from "#core/entity/reviewed.ts";
import { applyThreshold } from "#core/entity/selector.ts";
import { NotegrainError } from "#core/errors.ts";
import type { StoredExport } from "#core/storePort.ts";
import type { AppContext, Handlers } from "./handlers.ts";
import { readSettings } from "./settings.ts";

type ExportHandlers = Pick<Handlers, "export.preview" | "export.save" | "export.drag" | "export.history">;

/** What was asked for, ready to save. */
type Prepared = {
  readonly files: readonly ExportFile[];
  readonly entities: number;
  readonly runIds: readonly number[];
};

/** What the record of an export keeps in the store beside its format and runs. */
type Note = Pick<ExportRecord, "filter" | "entities" | "files">;

/** Taking results out: what is seen in the preview is what is saved. */
export function exportHandlers({ store, shell }: AppContext): ExportHandlers {
  async function prepare({ documentIds, format, filter, withText }: ExportRequest): Promise<Prepared> {
    const { exportFiles } = await import("./exportFiles.ts");
    const runIds: number[] = [];
    const extractions: Extraction[] = [];
    for (const documentId of documentIds) {
      const run = store.latestRun(documentId);
      if (!run) continue;
      const extraction = store.extraction(run.runId);
      const { entities } = extraction;
      const isPack = format === "training";
      if (isPack && !isReviewed(entities)) continue;
      runIds.push(run.runId);
      const shown = () =>
        applyThreshold(entities, filter.selectorThreshold).filter((entity) => matches(filter, entity));
      extractions.push(isPack ? extraction : { ...extraction, entities: shown() });
    }
    if (extractions.length === 0) throw nothingFor(format, documentIds);
    const entities = extractions.reduce((sum, { entities: all }) => sum + all.filter(isKept).length, 0);
    const { ownTypes } = readSettings(store);
    return { files: exportFiles(extractions, format, { withText, ownTypes }), entities, runIds };
  }

  /** Why none of the notes can be exported. */
  function nothingFor(format: ExportRequest["format"], [first = ""]: readonly string[]): NotegrainError {
    if (format !== "training") return new NotegrainError("NG-NOT-READ", {});
    return new NotegrainError("NG-UNREVIEWED", { name: store.describeDocument(first).name });
  }

  function record(request: ExportRequest, { files, entities, runIds }: Prepared): ExportRecord {
    const filter = request.format === "training" ? {} : request.filter;
    const note: Note = { filter, entities, files: files.map(({ name }) => name) };
    const exportId = store.recordExport({
      format: request.format,
      fileName: files[0]?.name ?? null,
      filter: JSON.stringify(note),
      runIds,
    });
    const [first] = request.documentIds;
    const caseId = first === undefined ? 0 : store.describeDocument(first).caseId;
    const kept = store.exportsOf(caseId).find((one) => one.exportId === exportId);
    if (!kept) throw new NotegrainError("NG-NOT-FOUND", { what: "export", name: exportId });
    return exportRecord(kept);
  }

  return {
    "export.preview": async (request) => {
      const { files, entities, runIds } = await prepare(request);
      return { files, documents: runIds.length, entities };
    },
    "export.save": async (request) => {
      const prepared = await prepare(request);
      const saved = await shell.saveFiles(prepared.files);
      if (saved === null) return { saved, files: [], record: null };
      return { saved, files: saved ? [] : prepared.files, record: record(request, prepared) };
    },
    "export.drag": async (request) => {
      const prepared = await prepare(request);
      const started = await shell.dragFiles(prepared.files);
      if (started) record(request, prepared);
      return { started };
    },
    "export.history": ({ documentIds }) => {
      const cases = new Set(documentIds.map((id) => store.describeDocument(id).caseId));
      const kept = new Map([...cases].flatMap((id) => store.exportsOf(id)).map((one) => [one.exportId, one]));
      return [...kept.values()].sort((a, b) => b.exportId - a.exportId).map(exportRecord);
    },
  };
}

function exportRecord({ exportId, at, format, fileName, filter, runs }: StoredExport): ExportRecord {
  const note = parsedNote(filter);
  return {
    id: exportId,
    date: at,
    format: format as ExportRecord["format"],
    documents: runs.length,
    entities: note?.entities ?? 0,
    filter: note?.filter ?? {},
    files: note?.files ?? (fileName === null ? [] : [fileName]),
  };
}

/** Null for an export of the command line, which keeps its filter in words. */
function parsedNote(filter: string | null): Note | null {
  try {
    const note = JSON.parse(filter ?? "null") as Partial<Note> | null;
    return note && Array.isArray(note.files) ? (note as Note) : null;
  } catch {
    return null;
  }
}
