import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { NotegrainError, type ReasonCode } from "#core/errors.ts";
import { damageOf, loraTarget } from "./adapterDamage.ts";
import type { ModelFile } from "./modelFile.ts";

/**
 * Refuses an adapter that is damaged or does not belong to the base model. Where sizes differ llama.cpp would refuse
 * it with a message about tensors; where only the weights are others, it would run and be quietly worse.
 * @throws NG-ADAPTER-BASE, NG-MODEL-LOAD where it is damaged
 */
export async function requireFit(base: ModelFile, adapter: ModelFile): Promise<void> {
  const refuse = ({ reason, ...values }: Misfit) =>
    new NotegrainError("NG-ADAPTER-BASE", { name: adapter.fileName, reason, ...values });
  if (adapter.facts.kind !== "adapter") throw refuse({ reason: "ADAPTER-WHOLE-MODEL" });
  const damage = damageOf(adapter.facts);
  if (damage !== null) throw new NotegrainError("NG-MODEL-LOAD", { name: adapter.fileName, ...damage });
  const misfit = misfitOf(base, adapter);
  if (misfit !== null) throw refuse(misfit);
  const { origin } = adapter.facts;
  // An adapter made elsewhere does not say which weights it was trained on.
  if (origin !== null && origin.baseNormsSha256 !== (await normsSha256(base))) {
    throw refuse({ reason: "ADAPTER-OTHER-WEIGHTS", base: origin.baseName });
  }
}

/** Why an adapter does not fit: a code and what fills its words. */
type Misfit = { readonly reason: ReasonCode; readonly tensor?: string; readonly base?: string };

/** What keeps the matrices of an adapter from being added to those of the base; null where nothing does. */
function misfitOf(base: ModelFile, adapter: ModelFile): Misfit | null {
  for (const [name, { dimensions }] of adapter.facts.tensors) {
    const { target, side } = loraTarget(name) ?? { target: name, side: "a" };
    const own = base.facts.tensors.get(target)?.dimensions;
    if (own === undefined) return { reason: "ADAPTER-NO-TARGET", tensor: target };
    // Rows of A are as long as those of the base; B has as many rows as the base.
    const [adapted, expected] = side === "a" ? [dimensions[0], own[0]] : [dimensions[1], own[1]];
    if (adapted !== expected) return { reason: "ADAPTER-SIZE", tensor: target };
  }
  return null;
}

/**
 * SHA-256 (hex) of the norm vectors, layer by layer: what tells one model from another and stays the same through
 * every quantisation. Null where the file keeps them in another type. `training/`, checkpoint.py, writes the same.
 */
export async function normsSha256({ path, facts }: ModelFile): Promise<string | null> {
  const layers = Array.from({ length: facts.shape?.layers ?? 0 }, (_, i) => i);
  const names = [
    ...layers.flatMap((i) => ["attn", "ffn"].map((part) => `blk.${i}.${part}_norm.weight`)),
    "output_norm.weight",
  ];
  const hash = createHash("sha256");
  await using file = await open(path);
  for (const name of names) {
    const place = facts.norms.get(name);
    if (place === undefined) return null;
    hash.update((await file.read(Buffer.alloc(place.bytes), 0, place.bytes, place.offset)).buffer);
  }
  return hash.digest("hex");
}
