import { readFile } from "node:fs/promises";
import { arch } from "node:os";
import { join } from "node:path";
import type { About } from "#contract/records.ts";

/** The checkout, or the archive of a packaged program: seen from here or from a bundle in `out/main`. */
const root = join(import.meta.dirname, "../..");

type Manifest = {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

/** What the screen "About" says of the program, this computer and the parts of others. */
export async function readAbout(dataFolder: string): Promise<Omit<About, "shell">> {
  const { version = "", dependencies = {} } = await manifest(root);
  const licences = await Promise.all(
    Object.keys(dependencies).map(async (name) => {
      const { license = "" } = await manifest(join(root, "node_modules", name));
      return { name, licence: license };
    }),
  );
  return { version, dataFolder, platform: `${process.platform} ${arch()}`, licences };
}

/** Empty where there is none: a package that was bundled leaves no manifest behind. */
async function manifest(folder: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}
