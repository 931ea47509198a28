import { composeBackend } from "./composeBackend.ts";
import { serveParent } from "./serveParent.ts";

// The entry of the process that holds the whole backend where the shell keeps it apart from the window.
serveParent(composeBackend);
