import type { Damage } from "./damage.ts";
import { multiplies } from "./ggmlTypes.ts";
import type { GgufFacts } from "./ggufFacts.ts";

/**
 * What keeps an adapter from being used at all; null where nothing does. llama.cpp (0.5.0) ends the process over a
 * scale or a kind of another type, and over matrices that it cannot multiply; a scale that is missing, zero or no
 * number it takes in silence, and adds the matrices in another strength than they were trained in.
 */
export function damageOf({ lora, tensors }: GgufFacts): Damage | null {
  if (lora?.kind !== "lora") return { reason: "ADAPTER-KIND" };
  if (lora.alpha === null || !Number.isFinite(lora.alpha) || lora.alpha <= 0) {
    return { reason: "ADAPTER-ALPHA" };
  }
  if (tensors.size === 0) return { reason: "ADAPTER-EMPTY" };
  for (const [tensor, { dimensions, type }] of tensors) {
    if (loraTarget(tensor) === null) return { reason: "ADAPTER-NOT-LORA", tensor };
    if (dimensions.length !== 2 || dimensions.includes(0) || !multiplies(type)) {
      return { reason: "ADAPTER-NO-MATRIX", tensor };
    }
  }
  for (const name of tensors.keys()) {
    const target = loraTarget(name)?.target ?? name;
    const [a, b] = [tensors.get(`${target}.lora_a`), tensors.get(`${target}.lora_b`)];
    if (a === undefined || b === undefined) return { reason: "ADAPTER-HALF", tensor: target };
    if (a.dimensions[1] !== b.dimensions[0]) return { reason: "ADAPTER-RANKS", tensor: target };
  }
  return null;
}

/** Which tensor of the base a matrix is for, and which of the two it is; null for any other tensor. */
export function loraTarget(name: string): { readonly target: string; readonly side: "a" | "b" } | null {
  const [, target, side] = /^(.*)\.lora_([ab])$/.exec(name) ?? [];
  return target === undefined ? null : { target, side: side === "a" ? "a" : "b" };
}
