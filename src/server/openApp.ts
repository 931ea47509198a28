import { join } from "node:path";
import type { Backend } from "#contract/client.ts";
import { composeBackend } from "#host/composeBackend.ts";
import { programFolder } from "#host/paths.ts";
import { serve } from "./serve.ts";

export type OpenAppOptions = {
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Default: the app's own store. */
  readonly storePath?: string | undefined;
};

export type OpenedApp = {
  /** With the one-time token. */
  readonly url: string;
  readonly backend: Backend;
  /** Stops serving, keeps what is unfinished for the next time, and closes the store. */
  close(): Promise<void>;
};

/** The folder of the built page. */
export function pageRoot(): string {
  return join(programFolder(), "out/renderer");
}

/**
 * The whole app over 127.0.0.1: backend and page.
 * @throws NG-STORE-…; NG-PORT where the port is taken
 */
export async function openApp({ port = 0, storePath }: OpenAppOptions = {}): Promise<OpenedApp> {
  const backend = await composeBackend({ kind: "web", storePath });
  try {
    const served = await serve({ backend, pageRoot: pageRoot(), port });
    return {
      url: served.url,
      backend,
      async close() {
        await served.close();
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
