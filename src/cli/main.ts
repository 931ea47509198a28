import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { openHost } from "#host/openHost.ts";
import { benchCommand } from "./benchCommand.ts";
import { casesCommand } from "./casesCommand.ts";
import { evaluateCommand } from "./evaluateCommand.ts";
import { extractCommand } from "./extractCommand.ts";
import { modelsCommand } from "./modelsCommand.ts";
import { errorLine, reportFatal } from "./report.ts";
import { selftestCommand } from "./selftestCommand.ts";
import { serveCommand } from "./serveCommand.ts";

const host = openHost((error) => process.stderr.write(`${errorLine(error)}\n`));
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const finish = (code: number): void => {
  process.exitCode = code;
};

// A reader that stops early (`| head`) ends the work quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const program = new Command("notegrain")
  .description(
    "Fine-grained entities of clinical notes, verbatim and with exact offsets. Not a medical device.",
  )
  .version(version)
  .exitOverride()
  .addCommand(extractCommand(host, finish))
  .addCommand(evaluateCommand(host, finish))
  .addCommand(casesCommand(host, finish))
  .addCommand(modelsCommand(host, finish))
  .addCommand(benchCommand(host, finish))
  .addCommand(serveCommand(finish))
  .addCommand(selftestCommand(host, finish));

for (const command of [
  program,
  ...program.commands,
  ...program.commands.flatMap(({ commands }) => commands),
]) {
  command.exitOverride().configureOutput({ writeOut: (text) => process.stdout.write(text) });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = reportFatal(error, (line) => process.stderr.write(`${line}\n`));
}
