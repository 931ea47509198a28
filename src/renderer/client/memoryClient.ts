import type { AbortSignalLike, Backend, Client } from "#contract/client.ts";
import { fromPlainError, NotegrainError } from "#core/errors.ts";

/** The contract with nothing between: calls go straight to a backend in the same process. */
export function createMemoryClient(backend: Backend): Client {
  async function call(method: string, request: unknown, options?: { signal?: AbortSignalLike }) {
    const signal = options?.signal;
    if (signal?.aborted) throw new NotegrainError("NG-CANCELLED");
    const called = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => reject(new NotegrainError("NG-CANCELLED")), { once: true });
    });
    const result = await Promise.race([backend.handle(method, request, signal), called]);
    if (!result.ok) throw fromPlainError(result.error);
    return result.value;
  }
  return { call: call as Client["call"], on: backend.on, close: () => {} };
}
