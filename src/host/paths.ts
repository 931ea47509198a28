import { homedir } from "node:os";
import { extname, join } from "node:path";

/**
 * The folder that holds `models/`: the checkout, seen from here or from a bundle in `out/main`. A packaged app
 * says where else by NOTEGRAIN_PROGRAM.
 */
export function programFolder(): string {
  return process.env.NOTEGRAIN_PROGRAM ?? join(import.meta.dirname, "../..");
}

/** The model that ships with the program. */
export function bundledModel(): string {
  return join(programFolder(), "models", "notegrain-compact.gguf");
}

/** The model that never saw the 18 types, and its adapter for them: what a comparison of paradigms runs on. */
export function backboneFiles(): { readonly model: string; readonly adapter: string } {
  const folder = join(programFolder(), "models");
  return { model: join(folder, "notegrain-base.gguf"), adapter: join(folder, "notegrain-base-lora18.gguf") };
}

/** The encoder that ships with the program. */
export function bundledEncoder(): string {
  return join(programFolder(), "models", "notegrain-embed.onnx");
}

/** Where the app keeps its cases: the folder NOTEGRAIN_DATA, else what the platform reserves for an app's data. */
export function dataFolder(): string {
  if (process.env.NOTEGRAIN_DATA) return process.env.NOTEGRAIN_DATA;
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Application Support", "Notegrain");
    case "win32":
      return join(process.env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "Notegrain");
    default:
      return join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "notegrain");
  }
}

/** The case store of the data folder; NOTEGRAIN_DATA may also name the store itself, a file that ends in .db. */
export function defaultStore(): string {
  const folder = dataFolder();
  return extname(folder) === ".db" ? folder : join(folder, "cases.db");
}

/** Where the states of prompts are kept: beside the store. */
export function statesFolder(storeFolder: string): string {
  return join(storeFolder, "states");
}

/** The synthetic notes that ship with the program. */
export function exampleNotes(): string[] {
  return ["admission-en.txt", "admission-zh.txt"].map((name) => join(programFolder(), "examples", name));
}
