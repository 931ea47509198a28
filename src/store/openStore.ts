import { basename } from "node:path";
import type { Clock, StorePort } from "#core/ports.ts";
import { caseCalls } from "./cases.ts";
import { classifyStoreError } from "./classifyError.ts";
import { type ConnectOptions, connect } from "./connect.ts";
import type { StoreContext } from "./context.ts";
import { correctionCalls } from "./corrections.ts";
import { documentCalls } from "./documents.ts";
import { evaluationCalls } from "./evaluations.ts";
import { exampleCalls } from "./examples.ts";
import { exportCalls } from "./exports.ts";
import { reviewedCalls } from "./reviewed.ts";
import { runCalls } from "./runs.ts";
import type { Database } from "./runtime.ts";
import { searchCalls } from "./searchNotes.ts";
import { settingCalls } from "./settings.ts";
import { makeStatements } from "./statements.ts";

/**
 * Opens the case store in the file `path`, making it where there is none (or an empty file), and brings its
 * schema up to date. Other processes may have it open as well.
 * @throws NG-STORE-RUNTIME, NG-STORE-LOCKED, NG-STORE-NEWER, NG-STORE-DAMAGED, NG-STORE-FULL, NG-STORE;
 * NG-NOT-FOUND with `mustExist`
 */
export async function openStore(
  path: string,
  options: ConnectOptions & { readonly clock?: Clock } = {},
): Promise<StorePort> {
  try {
    return storeOver(await connect(path, options), options.clock);
  } catch (error) {
    throw classifyStoreError(error, basename(path));
  }
}

/** The calls of the store over an open database, which `close` closes. */
export function storeOver(database: Database, clock: Clock = { now: () => new Date() }): StorePort {
  const context: StoreContext = { sql: makeStatements(database), clock };
  return coded(basename(database.name), {
    ...documentCalls(context),
    ...caseCalls(context),
    ...searchCalls(context),
    ...reviewedCalls(context),
    ...runCalls(context),
    ...correctionCalls(context),
    ...exportCalls(context),
    ...evaluationCalls(context),
    ...exampleCalls(context),
    ...settingCalls(context),
    together: (work) => context.sql.atomically(work),
    close: () => {
      database.close();
    },
  });
}

/** The same calls, throwing coded errors only. */
function coded(name: string, calls: StorePort): StorePort {
  const entries = Object.entries(calls).map(([key, call]: [string, (...values: never[]) => unknown]) => [
    key,
    (...values: never[]) => {
      try {
        return call(...values);
      } catch (error) {
        throw classifyStoreError(error, name);
      }
    },
  ]);
  return Object.fromEntries(entries) as StorePort;
}
