import { buildIfStale } from "../../src/cli/start/buildPage.ts";
import { programFolder } from "../../src/host/paths.ts";

/** Before the first integration test: page and Electron shell are built once, so that no test builds under another. */
export default function buildOnce(): void {
  for (const what of ["electron", "page"] as const) {
    if (!buildIfStale(programFolder(), what)) throw new Error(`the ${what} could not be built`);
  }
}
