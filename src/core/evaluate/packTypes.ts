import { NotegrainError } from "../errors.ts";

/** The file of a training pack that tells what its notes were read for. */
export const PACK_MANIFEST = "manifest.json";

/**
 * The types that each note of a training pack was read for, by its name; none of a JSON file that is no manifest of
 * a pack. docs/training-pack.md describes it.
 * @throws NG-GOLD where it is damaged
 */
export function readPackTypes(manifest: string): ReadonlyMap<string, readonly string[]> {
  const read = parse(manifest);
  if (read?.schema !== "notegrain/training@1") return new Map();
  if (!Array.isArray(read.documents)) throw damaged();
  return new Map(
    read.documents.map((document: { name?: unknown; types?: unknown } | null) => {
      const { name, types } = document ?? {};
      if (typeof name !== "string" || !Array.isArray(types)) throw damaged();
      if (types.some((type) => typeof type !== "string")) throw damaged();
      return [name, types as string[]];
    }),
  );
}

function parse(manifest: string): { readonly schema?: unknown; readonly documents?: unknown } | null {
  try {
    return JSON.parse(manifest) as { schema?: unknown; documents?: unknown } | null;
  } catch {
    throw damaged();
  }
}

function damaged(): NotegrainError {
  return new NotegrainError("NG-GOLD", { name: PACK_MANIFEST, reason: "GOLD-MANIFEST" });
}
