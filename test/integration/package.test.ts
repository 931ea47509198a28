import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { readFuses, writeElectronStandIn } from "../support/electronDist.ts";

const root = join(import.meta.dirname, "../..");
const bin = (script: string) => join(root, "node_modules", script);
const platform = `${process.platform}-${process.arch}`;

/** Files below a folder, with "/" between folders. */
function filesBelow(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );
}

// Packaging is only for the system it runs on, and the stand-in looks like Electron for Linux.
describe.skipIf(process.platform !== "linux")("electron-builder over a stand-in for Electron", () => {
  const folder = mkdtempSync(join(tmpdir(), "notegrain-package-"));
  const packaged = join(folder, "dist/linux-unpacked");
  let archived: readonly string[] = [];
  let unpacked: readonly string[] = [];

  beforeAll(() => {
    const run = (script: string, words: readonly string[]) => {
      const done = spawnSync(process.execPath, [bin(script), ...words], { cwd: root, encoding: "utf8" });
      if (done.status !== 0) throw new Error(`${script}: ${done.stdout}${done.stderr}`);
    };
    writeElectronStandIn(join(folder, "electron"), manifest.devDependencies.electron);
    run("electron-builder/cli.js", [
      ...["--dir", "--linux", "--publish", "never", "--config", "build/electron-builder.ts"],
      `-c.electronDist=${join(folder, "electron")}`,
      `-c.directories.output=${join(folder, "dist")}`,
    ]);
    archived = execFileSync(
      process.execPath,
      [bin("@electron/asar/bin/asar.js"), "list", join(packaged, "resources/app.asar")],
      { encoding: "utf8", maxBuffer: 1 << 26 },
    )
      .split("\n")
      .map((path) => path.slice(1));
    unpacked = filesBelow(join(packaged, "resources/app.asar.unpacked"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the natives lie outside the archive, and only this system's", () => {
    const natives = unpacked.filter((path) => path.endsWith(".node"));
    expect(natives.filter((path) => path.includes("better-sqlite3"))).toEqual([
      `node_modules/better-sqlite3/prebuilds/${platform}.node`,
    ]);
    const engines = natives.filter((path) => path.includes("@node-llama-cpp"));
    expect(engines).not.toEqual([]);
    for (const path of engines)
      expect(path).toMatch(new RegExp(`@node-llama-cpp/${process.platform}-${process.arch}(-vulkan)?/`));
    expect(
      archived.filter((path) => /cuda|win32-|darwin-|musl/.test(path) && path.endsWith(".node")),
    ).toEqual([]);
  });

  test("the archive holds the three bundles and no source, test or training data", () => {
    expect(archived).toEqual(
      expect.arrayContaining([
        "out/main/index.js",
        "out/preload/index.cjs",
        "out/renderer/electron.html",
        "package.json",
      ]),
    );
    const own = archived.filter((path) => !path.startsWith("node_modules"));
    expect(own.filter((path) => /^(src|test|e2e|training|bench|docs|resources)\//.test(path))).toEqual([]);
    expect(own.filter((path) => /\.(ts|tsx|map|gguf|py)$/.test(path))).toEqual([]);
    expect(
      archived.filter((path) =>
        /node_modules\/(electron|vite|vitest|typescript|@mantine\/core\/esm)\//.test(path),
      ),
    ).toEqual([]);
  });

  test("models and examples lie beside the archive, as they are here", () => {
    const beside = filesBelow(join(packaged, "resources")).filter((path) => !path.startsWith("app.asar"));
    expect(beside).toEqual(
      expect.arrayContaining(["examples/admission-en.txt", "examples/admission-zh.txt"]),
    );
    const models = existsSync(join(root, "models"))
      ? readdirSync(join(root, "models")).filter((name) => name.endsWith(".gguf"))
      : [];
    expect(beside.filter((path) => path.endsWith(".gguf")).sort()).toEqual(
      models.map((name) => `models/${name}`).sort(),
    );
  });

  test("the fuses are set", () => {
    expect(readFuses(readFileSync(join(packaged, "notegrain")))).toMatchObject({
      runAsNode: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  test("what was packaged is enough to open a store and to find the engine's binary", () => {
    const whole = join(folder, "extracted");
    execFileSync(process.execPath, [
      bin("@electron/asar/bin/asar.js"),
      "extract",
      join(packaged, "resources/app.asar"),
      whole,
    ]);
    const script = `
      const { default: Sqlite } = await import("better-sqlite3");
      const { getLlama } = await import("node-llama-cpp");
      const answer = new Sqlite(":memory:").prepare("SELECT 6 * 7 AS answer").get().answer;
      const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, progressLogs: false });
      console.log(answer, llama.gpu);
      process.exit(0);`;
    writeFileSync(join(whole, "try.mjs"), script);
    const done = spawnSync(process.execPath, ["try.mjs"], { cwd: whole, encoding: "utf8" });
    expect(done.stderr).toBe("");
    expect(done.stdout.trim()).toBe("42 false");
  });
});
