import type { EmbeddingPort } from "#core/ports.ts";
import { bundledEncoder } from "./paths.ts";

/**
 * An encoder of the person's own, or the one that ships, in a thread of its own. The runtime is loaded when it is first needed.
 * @throws NG-MODEL-MISSING, NG-READ, NG-ENCODER
 */
export async function openEncoder(path = bundledEncoder()): Promise<EmbeddingPort> {
  const { openEmbedder } = await import("#engine/embed/openEmbedder.ts");
  return openEmbedder(path);
}
