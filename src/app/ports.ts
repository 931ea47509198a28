import type { About, ExportFile, InstalledModel, ModelReport, Processors } from "#contract/records.ts";
import type { Language } from "#core/document/noteDocument.ts";
import type { LearnedTexts } from "#core/evaluate/learnedTexts.ts";
import type { CancelSignal, EmbeddingPort, InferencePort, NoteReaderPort } from "#core/ports.ts";
import type { StorePort } from "#core/storePort.ts";

/** A file that a person gave us, read only when its turn comes. */
export type GivenFile = {
  /** The file's name, with the folders under the one that was given, parted by "/". */
  readonly name: string;
  readonly size: number;
  /** @throws NG-READ */
  read(): Promise<Uint8Array>;
};

/** What the shell around the backend can do; the loopback server has no dialogs. */
export type ShellPort = {
  readonly kind: About["shell"];
  /** Asks for files or a folder; null where that was called off or there is no dialog. */
  chooseNotes(folders: boolean): Promise<readonly GivenFile[] | null>;
  /** Asks for a GGUF file and answers with its path; null as above. */
  chooseModel(): Promise<string | null>;
  /**
   * Asks where to save and saves: true when done, null when called off, false where there is no dialog.
   * @throws NG-WRITE; then nothing is left half-written
   */
  saveFiles(files: readonly ExportFile[]): Promise<boolean | null>;
  /** Lets the person drag the files out of the window; false where the shell cannot. */
  dragFiles(files: readonly ExportFile[]): Promise<boolean>;
};

/** Which model reads, and how it may use the machine. */
export type ModelUse = {
  readonly modelId: string;
  readonly adapterId: string | null;
  /** 0 chooses by itself. */
  readonly threads: number;
  /** -1 chooses by itself. */
  readonly gpuLayers: number;
};

/** The models of this computer: those that came with the program and those that were added. */
export type ModelLibrary = {
  /** The compact model first. */
  list(): Promise<readonly InstalledModel[]>;
  /** Called when more is known of a model than its report said before. */
  onChange(listener: () => void): void;
  /** @throws NG-MODEL-…, NG-ADAPTER-BASE, NG-READ */
  check(path: string, signal?: CancelSignal): Promise<ModelReport>;
  /** What a model or an adapter learned; null too where its file cannot be read. */
  learnedTexts(modelId: string): Promise<LearnedTexts>;
  /** Takes a part of a model's file that arrives over the line; answers with its path once it is whole. */
  receive(part: UploadedPart): Promise<string | null>;
  /** Keeps a checked file in the list. */
  add(path: string, report: ModelReport): Promise<void>;
  /** @throws NG-NOT-FOUND; bundled models stay */
  remove(modelId: string): Promise<void>;
  /**
   * Loads a model. Its weights stay in memory until another model is opened, so that a change of the adapter
   * alone is quick. @throws NG-MODEL-…, NG-ADAPTER-BASE
   */
  open(use: ModelUse): Promise<InferencePort>;
  /** Lets go of what is loaded. */
  close(): Promise<void>;
};

export type UploadedPart = {
  readonly uploadId: string;
  readonly name: string;
  readonly totalBytes: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
};

/** Everything that the use cases need of the world. */
export type AppPorts = {
  readonly store: StorePort;
  readonly reader: NoteReaderPort;
  readonly models: ModelLibrary;
  readonly shell: ShellPort;
  /** The note that shows a newcomer what the program does. */
  example(language: Language): Promise<GivenFile>;
  /** The encoder by which examples are chosen, loaded. @throws NG-MODEL-MISSING, NG-ENCODER */
  encoder(): Promise<EmbeddingPort>;
  /** What the screen "About" says, apart from the shell. */
  about(): Promise<Omit<About, "shell">>;
  /** What models can compute on here. */
  processors(): Promise<Processors>;
  now(): Date;
};
