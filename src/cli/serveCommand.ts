import { Command, InvalidArgumentError } from "commander";
import { programFolder } from "#host/paths.ts";
import { openApp } from "#server/openApp.ts";
import { buildIfStale } from "./start/buildPage.ts";

/** `notegrain serve`: the app over 127.0.0.1. */
export function serveCommand(finish: (code: number) => void): Command {
  return new Command("serve")
    .description("open the app over 127.0.0.1 and print its address, which works for one browser")
    .option("--port <n>", "default: a free one", portNumber)
    .option("--store <db>", "default: NOTEGRAIN_DATA, else the app's data folder")
    .action(async (flags: { port?: number; store?: string }) => {
      if (!buildIfStale(programFolder(), "page")) return finish(1);
      const app = await openApp({
        ...(flags.port === undefined ? {} : { port: flags.port }),
        storePath: flags.store,
      });
      process.stdout.write(`${app.url}\n`);
      await new Promise<void>((resolve) => {
        process.once("SIGINT", resolve);
        process.once("SIGTERM", resolve);
      });
      await app.close();
      finish(0);
    });
}

function portNumber(words: string): number {
  const port = Number(words);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError("a port is a number from 0 to 65535");
}
