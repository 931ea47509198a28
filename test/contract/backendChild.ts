import { fakeModels } from "../../e2e/support/fakeModels.ts";
import { composeBackend } from "../../src/host/composeBackend.ts";
import { serveParent } from "../../src/host/serveParent.ts";

// The backend in a process of its own, as in the app, with a model that is none.
serveParent((options) => composeBackend({ ...options, models: fakeModels({ delay: 5 }) }));
