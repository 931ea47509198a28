// How quick the app is in a real Chromium: a full case list, a large note, a new highlight.
//   node bench/app.ts [--cases N] [--rounds N]
// The page is built first where it is stale; the model is the fake one, so that the page alone is measured.
import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { buildIfStale } from "../src/cli/start/buildPage.ts";
import { programFolder } from "../src/host/paths.ts";
import { measureApp } from "./measureApp.ts";

const { values } = parseArgs({
  options: { cases: { type: "string", default: "10000" }, rounds: { type: "string", default: "5" } },
});

if (!buildIfStale(programFolder(), "page")) throw new Error("the page could not be built");
const load = loadavg()[0] ?? 0;
const figures = await measureApp({ cases: Number(values.cases), rounds: Number(values.rounds) }, (step) =>
  process.stderr.write(`${step}\n`),
);
const cores = availableParallelism();
process.stdout.write(`${JSON.stringify({ cores, loadBefore: load, ...figures }, null, 2)}\n`);
