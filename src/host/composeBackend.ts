import { mkdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createBackend } from "#app/backend.ts";
import type { ModelLibrary } from "#app/ports.ts";
import type { Backend } from "#contract/client.ts";
import type { EmbeddingPort } from "#core/ports.ts";
import { makeNoteReader } from "#files/noteReader.ts";
import { openStore } from "#store/openStore.ts";
import { readAbout } from "./about.ts";
import { givenFile } from "./givenFiles.ts";
import { openModelLibrary } from "./modelLibrary.ts";
import { openEncoder } from "./openEncoder.ts";
import { defaultStore, exampleNotes } from "./paths.ts";
import { type Dialogs, shellPort } from "./shellPort.ts";

export type BackendOptions = {
  readonly kind: "electron" | "web" | "memory";
  /** Default: the app's own store. */
  readonly storePath?: string | undefined;
  /** The shell's own windows for files; absent where it has none. */
  readonly dialogs?: Dialogs | undefined;
  /** Default: the models of this computer. Tests put others here. */
  readonly models?: ModelLibrary | undefined;
  /** Default: the encoder that ships with the program. */
  readonly encoder?: (() => Promise<EmbeddingPort>) | undefined;
};

/**
 * Joins app, engine, store and files into the backend of a shell.
 * @throws NG-STORE-… where the case store cannot be opened
 */
export async function composeBackend(options: BackendOptions): Promise<Backend> {
  const storePath = options.storePath ?? defaultStore();
  mkdirSync(dirname(storePath), { recursive: true });
  const reader = makeNoteReader();
  const store = await openStore(storePath);
  const shell = shellPort(options.kind, options.dialogs, reader.extensions);
  return createBackend({
    store,
    reader,
    shell,
    models: options.models ?? openModelLibrary(store, dirname(storePath)),
    example: (language) => givenFile(exampleNotes()[language === "en" ? 0 : 1] ?? ""),
    about: () => readAbout(shell.kind === "electron" ? dirname(storePath) : basename(dirname(storePath))),
    processors: async () => {
      // The engine is loaded when it is first needed.
      const { findProcessors } = await import("#engine/findProcessors.ts");
      return findProcessors();
    },
    encoder: options.encoder ?? (() => openEncoder()),
    now: () => new Date(),
  });
}
