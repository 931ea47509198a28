import { InsufficientMemoryError } from "node-llama-cpp";
import { NotegrainError } from "#core/errors.ts";
import { availableMemory, readableBytes } from "./memory.ts";
import type { ModelFile } from "./modelFile.ts";

/** What the llama library threw while it loaded a model, as an error of ours: its own words hold the path. */
export function loadError(error: unknown, { fileName: name, bytes }: ModelFile): NotegrainError {
  if (error instanceof NotegrainError) return error;
  if (error instanceof InsufficientMemoryError) {
    const available = readableBytes(availableMemory());
    return new NotegrainError(
      "NG-MODEL-MEMORY",
      { name, needed: readableBytes(bytes), available },
      { cause: error },
    );
  }
  return new NotegrainError("NG-MODEL-LOAD", { name, reason: "MODEL-LLAMA" }, { cause: error });
}
