import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { offerExample } from "#host/offerExample.ts";
import { defaultStore, programFolder } from "#host/paths.ts";
import { type OpenedApp, openApp } from "#server/openApp.ts";
import { reportFatal } from "./report.ts";
import { buildIfStale } from "./start/buildPage.ts";
import { chooseShell, hasScreen } from "./start/chooseShell.ts";
import { findElectron } from "./start/electronBinary.ts";
import { findSystemBrowser } from "./start/systemBrowser.ts";

/** Milliseconds; a window that is gone sooner was not closed by a person. */
const leastStay = 4000;

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** `npm start`: the app in the best shell that this computer has, with an example case where there is none yet. */
async function start(): Promise<void> {
  const root = programFolder();
  const choice = chooseShell({
    electron: findElectron(root),
    browser: findSystemBrowser(),
    hasScreen: hasScreen(),
  });
  say(choice.why);
  if (!buildIfStale(root, choice.shell === "electron" ? "electron" : "page")) {
    say("The app could not be built from its sources. Run `npm ci`, then `npm start` again.");
    process.exitCode = 1;
    return;
  }
  if (choice.shell === "electron") {
    endWith(spawn(choice.path, [root], { stdio: "inherit" }));
    return;
  }
  const app = await openApp();
  process.once("SIGINT", () => void app.close());
  process.once("SIGTERM", () => void app.close());
  await offerExample(app.backend);
  if (choice.shell === "browser") {
    openWindow(choice.browser.path, app);
    return;
  }
  say("Open this address in a browser on this computer; it works once. Ctrl+C ends Notegrain.");
  process.stdout.write(`${app.url}\n`);
}

/** Shows the app in a window of the browser; closing that ends Notegrain. */
function openWindow(path: string, app: OpenedApp): void {
  const opened = performance.now();
  const window = spawn(path, browserArguments(app.url), { stdio: "ignore" });
  const fallBack = (): void => {
    say("The window did not stay. Open this address in a browser on this computer; Ctrl+C ends Notegrain.");
    process.stdout.write(`${app.url}\n`);
  };
  window.once("error", fallBack);
  window.once("exit", () => {
    // At once: it could not start, or handed the address to a window of an earlier start.
    if (performance.now() - opened < leastStay) fallBack();
    else void app.close();
  });
}

/** A window without tabs and address bar, in a profile of its own, that asks nobody for anything. */
function browserArguments(url: string): readonly string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${join(dirname(defaultStore()), "browser")}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
  ];
}

function endWith(child: ChildProcess): void {
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

await start().catch((error) => {
  process.exitCode = reportFatal(error, say);
});
