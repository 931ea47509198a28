import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { offerExample } from "#host/offerExample.ts";
import { dataFolder, programFolder } from "#host/paths.ts";
import { openApp } from "#server/openApp.ts";
import { reportFatal } from "./report.ts";
import { buildIfStale } from "./start/buildPage.ts";
import { chooseShell, hasScreen } from "./start/chooseShell.ts";
import { findElectron } from "./start/electronBinary.ts";
import { findSystemBrowser } from "./start/systemBrowser.ts";

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
    const window = spawn(choice.browser.path, browserArguments(app.url), { stdio: "ignore" });
    window.once("exit", () => void app.close());
    window.once("error", () =>
      say(`The window could not be opened. Open this address in a browser:\n${app.url}`),
    );
    return;
  }
  say("Open this address in a browser on this computer; it works once. Ctrl+C ends Notegrain.");
  process.stdout.write(`${app.url}\n`);
}

/** A window without tabs and address bar, in a profile of its own, that asks nobody for anything. */
function browserArguments(url: string): readonly string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${join(dataFolder(), "browser")}`,
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
