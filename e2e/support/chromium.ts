import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { findSystemBrowser } from "../../src/cli/start/systemBrowser.ts";

/** A browser for the tests, and where it came from. */
export type FoundBrowser = {
  readonly source: string;
  readonly path: string;
  readonly args: readonly string[];
};

/** Nothing that would look for a network, and what a container without a display or sandbox needs. */
const quietArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The system's Chromium, Chrome or Edge, else Playwright's own, else that of the package @sparticuz/chromium. */
export async function findBrowser(): Promise<FoundBrowser> {
  const system = findSystemBrowser();
  if (system) return { source: `the system's ${system.name}`, path: system.path, args: quietArguments };
  const own = chromium.executablePath();
  if (existsSync(own)) return { source: "Playwright's own Chromium", path: own, args: quietArguments };
  const { default: packaged } = await import("@sparticuz/chromium");
  const path = await packaged.executablePath();
  // Not the package's own arguments: they switch off the very walls that the tests look at.
  return { source: "the package @sparticuz/chromium", path, args: quietArguments };
}

/** Starts it and says which it is. */
export async function launchBrowser(): Promise<Browser> {
  const { source, path, args } = await findBrowser();
  process.stderr.write(`Browser of the tests: ${source}\n`);
  return chromium.launch({ executablePath: path, args: [...args], headless: true });
}
