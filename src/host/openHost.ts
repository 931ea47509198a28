import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

import type { NotegrainError } from "#core/errors.ts";
import type { LearnedTexts } from "#core/evaluate/learnedTexts.ts";
import type { InferencePort, ReadNote } from "#core/ports.ts";
import type { StorePort } from "#core/storePort.ts";
import { type Backbone, loadBackbone, loadModel } from "#engine/loadModel.ts";
import { openModelFile } from "#engine/modelFile.ts";
import { stateFolder } from "#engine/states/stateFolder.ts";
import { makeNoteReader } from "#files/noteReader.ts";
import { readNoteFile, readNoteStream } from "#files/readNoteFile.ts";
import { type WalkEntry, walkFolder } from "#files/walk.ts";
import { writeWhole } from "#files/writeWhole.ts";
import { openStore } from "#store/openStore.ts";
import { type Judged, loadJudged } from "./loadJudged.ts";
import { bundledModel, defaultStore, statesFolder } from "./paths.ts";

/** Everything that touches the machine, joined: what the shells hand to the use cases. */
export type Host = {
  /** Loads a model, the bundled one unless told. @throws NG-MODEL-… and NG-ADAPTER-BASE */
  loadModel(files: { model?: string | undefined; adapter?: string | undefined }): Promise<InferencePort>;
  /** Loads a model, the bundled one unless told, with a selector. @throws as `loadModel` */
  loadJudged(files: {
    model?: string | undefined;
    adapter?: string | undefined;
    selector: string;
  }): Promise<Judged>;
  /** Loads a model for several adapters, which are checked first. @throws as `loadModel` */
  loadBackbone(model: string, adapters: readonly string[]): Promise<Backbone>;
  /** What a model, the bundled one unless told, or an adapter learned. @throws NG-MODEL-… */
  learnedTexts(path?: string): Promise<LearnedTexts>;
  /** Opens a case store, the app's own unless told. @throws NG-STORE-… */
  openStore(path?: string, options?: { mustExist?: boolean }): Promise<StorePort>;
  /** @throws NG-READ, NG-EMPTY, NG-ENCODING, NG-BINARY, NG-TOO-LARGE */
  readNote(path: string, encoding?: string): Promise<ReadNote>;
  readStream(stream: AsyncIterable<Uint8Array>, name: string, encoding?: string): Promise<ReadNote>;
  /** Notes of a folder and what else lies in it. */
  walk(folder: string): AsyncGenerator<WalkEntry, void>;
  /** @throws NG-WRITE */
  writeWhole(path: string, content: string): Promise<void>;
};

/** @param onFault told of what was found damaged and put right without ending the work */
export function openHost(onFault: (error: NotegrainError) => void = () => {}): Host {
  const states = stateFolder(statesFolder(dirname(defaultStore())), onFault);
  const reader = makeNoteReader();
  const as = (encoding: string | undefined) => (encoding === undefined ? {} : { encoding });
  return {
    loadModel: ({ model, adapter }) =>
      loadModel({
        states,
        modelPath: model ?? bundledModel(),
        ...(adapter === undefined ? {} : { adapterPath: adapter }),
      }),
    loadJudged: ({ model = bundledModel(), ...files }) => loadJudged({ model, states, ...files }),
    loadBackbone: (modelPath, adapters) => loadBackbone({ modelPath, states }, adapters),
    learnedTexts: async (path = bundledModel()) => (await openModelFile(path)).facts.learnedTexts,
    openStore: (path = defaultStore(), options = {}) => {
      if (!options.mustExist) mkdirSync(dirname(path), { recursive: true });
      return openStore(path, options);
    },
    readNote: (path, encoding) => readNoteFile(reader, path, as(encoding)),
    readStream: (stream, name, encoding) => readNoteStream(reader, stream, name, as(encoding)),
    walk: (folder) => walkFolder(folder, reader.extensions),
    writeWhole,
  };
}
