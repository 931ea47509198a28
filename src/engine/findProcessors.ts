import { availableParallelism, cpus } from "node:os";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import type { Processors } from "#core/processors.ts";

/** Asks the engine itself what it finds here, as it does when it loads a large model. No model is loaded. */
export async function findProcessors(): Promise<Processors> {
  const llama = await getLlama({
    gpu: "auto",
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => {},
  });
  try {
    return {
      name: cpus()[0]?.model.trim() ?? "",
      threads: availableParallelism(),
      graphics: llama.gpu === false ? null : { by: llama.gpu, devices: await llama.getGpuDeviceNames() },
    };
  } finally {
    await llama.dispose();
  }
}
