import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** A house of its own with our rules and one planted file for each source; returns what Biome says of each path. */
function lint(sources: readonly (readonly [path: string, source: string])[]): Map<string, string> {
  const house = mkdtempSync(join(tmpdir(), "notegrain-rules-"));
  try {
    const rules = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(
      join(house, "biome.json"),
      JSON.stringify({ ...rules, vcs: {}, formatter: { enabled: false } }),
    );
    for (const [path, source] of sources) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), source);
    }
    const run = spawnSync(
      join(root, "node_modules/.bin/biome"),
      ["lint", "--reporter=github", "--max-diagnostics=none"],
      {
        cwd: house,
        encoding: "utf8",
      },
    );
    return new Map(
      sources.map(([path]) => [
        path,
        run.stdout
          .split("\n")
          .filter((line) => line.includes(`/${path},line=`))
          .join("\n"),
      ]),
    );
  } finally {
    rmSync(house, { recursive: true });
  }
}

const planted: readonly [path: string, specifier: string, allowed: string][] = [
  ["src/core/decode/planted.ts", "node:fs", "nothing outside core"],
  ["src/core/decode/planted.ts", "#engine/llamaEngine.ts", "nothing outside core"],
  ["src/core/decode/planted.ts", "../segment/sentences.ts", "not another step"],
  ["src/core/entity/planted.ts", "../../engine/llamaEngine.ts", "nothing outside core"],
  ["src/contract/planted.ts", "#app/backend.ts", "rooms: core."],
  ["src/app/planted.ts", "#store/openStore.ts", "rooms: core, contract."],
  ["src/engine/planted.ts", "#store/openStore.ts", "rooms: core (ports, types)."],
  ["src/store/planted.ts", "node-llama-cpp", "rooms: core (ports, types)."],
  ["src/files/planted.ts", "node:net", "no network"],
  ["src/cli/planted.ts", "#store/openStore.ts", "rooms: host, contract, server."],
  ["src/main/planted.ts", "node:http", "no network"],
  ["src/preload/planted.ts", "node:fs", "rooms: contract."],
  ["src/renderer/planted.ts", "electron", "rooms: contract, core."],
  ["src/renderer/planted.ts", "a-package-nobody-assigned", "rooms: contract, core."],
];

const planting = planted.map(([path, specifier, allowed], index) => ({
  path: path.replace("planted", `planted${index}`),
  specifier,
  allowed,
}));
const rawIpcPath = "src/main/rawIpc.ts";
const allowedPath = "src/host/allowed.ts";
const fetchPath = "src/app/fetching.ts";
const said = lint([
  ...planting.map(
    ({ path, specifier }) =>
      [path, `import * as planted from "${specifier}";\nexport { planted };\n`] as const,
  ),
  [allowedPath, 'import * as planted from "#engine/x.ts";\nexport { planted };\n'],
  [rawIpcPath, 'import { ipcMain } from "electron";\nexport { ipcMain };\n'],
  [fetchPath, 'export const planted = () => fetch("x");\n'],
]);

test("the raw ipcMain is kept out of the shell but for the file that checks who speaks", () => {
  expect(said.get(rawIpcPath)).toContain("ownIpcMain.ts alone");
  const windowPath = "src/main/electronOnly.ts";
  const importing = 'import { BrowserWindow } from "electron";\nexport { BrowserWindow };\n';
  expect(lint([[windowPath, importing]]).get(windowPath)).toBe("");
});

describe("the import rule", () => {
  test.each(planting)("$path may not import $specifier", ({ path, allowed }) => {
    expect(said.get(path)).toContain("noRestrictedImports");
    expect(said.get(path)).toContain(allowed);
  });

  test("what a room may import passes", () => {
    expect(said.get(allowedPath)).toBe("");
  });

  test("fetch is forbidden outside the server", () => {
    expect(said.get(fetchPath)).toContain("noRestrictedGlobals");
  });

  test("every room under src has a sentence in docs/map.md and a rule", () => {
    const map = readFileSync(join(root, "docs/map.md"), "utf8");
    const rules = readFileSync(join(root, "biome.json"), "utf8");
    for (const room of readdirSync(join(root, "src"))) {
      expect(map).toContain(`src/${room}/`);
      expect(rules).toContain(`"src/${room}/**"`);
    }
  });
});
