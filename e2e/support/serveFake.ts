import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeBackend } from "../../src/host/composeBackend.ts";
import { serve } from "../../src/server/serve.ts";
import { fakeModels } from "./fakeModels.ts";

// The app over loopback with the fake model and a store of its own, for looking at screens:
//   node e2e/support/serveFake.ts [port] [store] [milliseconds an evaluation]
const [port = "0", storePath = join(mkdtempSync(join(tmpdir(), "notegrain-")), "cases.db"), delay = "0"] =
  process.argv.slice(2);
const backend = await composeBackend({
  kind: "web",
  storePath,
  models: fakeModels({ delay: Number(delay) }),
});
const pageRoot = join(import.meta.dirname, "../../out/renderer");
const { url } = await serve({ backend, pageRoot, port: Number(port) });
process.stdout.write(`${url}\n`);
