import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How @electron/fuses finds the fuses in the program: this text, a version, their number, then one character each. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** The order of the fuses in version 1, as @electron/fuses numbers them. */
const fuseNames = [
  "runAsNode",
  "enableCookieEncryption",
  "enableNodeOptionsEnvironmentVariable",
  "enableNodeCliInspectArguments",
  "enableEmbeddedAsarIntegrityValidation",
  "onlyLoadAppFromAsar",
  "loadBrowserProcessSpecificV8Snapshot",
  "grantFileProtocolExtraPrivileges",
] as const;

/** A folder that looks to electron-builder like an unpacked Electron for Linux, with every fuse the wrong way round. */
export function writeElectronStandIn(folder: string, version: string): void {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"), { recursive: true });
  const wrong = "01110010".padEnd(9, "0");
  const program = Buffer.concat([
    Buffer.from("a stand-in for Electron\0"),
    Buffer.from(sentinel),
    Buffer.from([1, wrong.length]),
    Buffer.from(wrong),
    Buffer.alloc(64),
  ]);
  writeFileSync(join(folder, "electron"), program, { mode: 0o755 });
  writeFileSync(join(folder, "version"), version);
  writeFileSync(join(folder, "LICENSE"), "stand-in");
  writeFileSync(join(folder, "chrome-sandbox"), "stand-in");
}

/** The fuses of a program, by name. */
export function readFuses(program: Buffer): Record<(typeof fuseNames)[number], boolean> {
  const at = program.indexOf(sentinel) + sentinel.length + 2;
  const isOn = (index: number) => program.toString("latin1", at + index, at + index + 1) === "1";
  return Object.fromEntries(fuseNames.map((name, index) => [name, isOn(index)])) as ReturnType<
    typeof readFuses
  >;
}
