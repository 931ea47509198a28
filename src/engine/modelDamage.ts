import type { Damage } from "./damage.ts";
import { isStoredOnly, type TensorForm } from "./ggmlTypes.ts";
import { child, type Metadata } from "./ggufMetadata.ts";
import { vocabularyDamage } from "./vocabularyDamage.ts";

/** Of llama.cpp. */
const MOST_LAYERS = 512;
const MOST_EXPERTS = 1024;
/** As llama.cpp names the ways of stretching positions. */
const ROPE_SCALINGS = ["none", "linear", "yarn", "longrope"];

/** Characters of a value that are shown. */
const MOST_SHOWN = 40;

/**
 * What llama.cpp (0.5.0) would end the process over in the header of a model, or take in silence and answer with
 * nonsense; null where there is nothing. What it refuses by itself is left to it.
 */
export function modelDamage(
  metadata: Metadata,
  architecture: string,
  tensors: ReadonlyMap<string, TensorForm>,
): Damage | null {
  const [stored] = [...tensors].find(([, { type }]) => isStoredOnly(type)) ?? [];
  return (
    keyDamage(child(metadata, architecture), architecture) ??
    (stored === undefined ? null : { reason: "MODEL-TENSOR-TYPE", tensor: stored }) ??
    vocabularyDamage(child(child(metadata, "tokenizer"), "ggml"))
  );
}

function keyDamage(own: Metadata, architecture: string): Damage | null {
  const path = wrongKey(own);
  if (path === null) return null;
  const value = path.split(".").reduce<unknown>((part, name) => (part as Metadata | undefined)?.[name], own);
  const key = `${architecture}.${path}`;
  if (value === undefined) return { reason: "MODEL-KEY-MISSING", key };
  return { reason: "MODEL-KEY-VALUE", key, value: String(value).slice(0, MOST_SHOWN) };
}

/** The first key of a network that no network can have like this. */
function wrongKey(own: Metadata): string | null {
  const layers = sized(own.block_count);
  if (layers === 0 || layers > MOST_LAYERS) return "block_count";
  if (sized(own.nextn_predict_layers) > layers) return "nextn_predict_layers";
  if (sized(own.embedding_length) === 0) return "embedding_length";
  if (sized(own.feed_forward_length) === 0) return "feed_forward_length";
  const scaling = child(child(own, "rope"), "scaling").type;
  if (typeof scaling === "string" && !ROPE_SCALINGS.includes(scaling)) return "rope.scaling.type";
  const part = wrongAttention(child(own, "attention"), sized(own.embedding_length));
  return part === null ? wrongExperts(own) : `attention.${part}`;
}

/** As `wrongKey`, below `attention`. Rotating positions takes the numbers of a head in pairs. */
function wrongAttention(own: Metadata, width: number): string | null {
  const { head_count: all, head_count_kv: shared = all, layer_norm_rms_epsilon: epsilon } = own;
  const [heads, keyValueHeads] = [sized(all), sized(shared)];
  if (heads === 0) return "head_count";
  const isSameInAllLayers = !Array.isArray(all) && !Array.isArray(shared);
  if (keyValueHeads === 0 || (isSameInAllLayers && heads % keyValueHeads > 0)) return "head_count_kv";
  const share = Math.floor(width / heads);
  const [keys, values] = [sized(own.key_length ?? share), sized(own.value_length ?? share)];
  if (keys === 0 || keys % 2 > 0) return own.key_length === undefined ? "head_count" : "key_length";
  if (values !== keys) return own.value_length === undefined ? "key_length" : "value_length";
  if (typeof epsilon !== "number" || (epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY)) return null;
  return "layer_norm_rms_epsilon";
}

/** As `wrongKey`, of a network that sends each token to a few of several feed-forward parts. */
function wrongExperts(own: Metadata): string | null {
  const [experts, used] = [sized(own.expert_count), sized(own.expert_used_count)];
  const [groups, usedGroups] = [sized(own.expert_group_count), sized(own.expert_group_used_count)];
  if (experts > MOST_EXPERTS) return "expert_count";
  if (used > experts || (experts > 0 && used === 0)) return "expert_used_count";
  if (groups > 0 && (groups >= experts || experts % groups > 0)) return "expert_group_count";
  if (groups > 1 && (usedGroups === 0 || usedGroups >= groups)) return "expert_group_used_count";
  return null;
}

/**
 * A size of a network: 0 where it is missing or no number; of a list, in which each layer has its own, the largest.
 */
function sized(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((most, each) => Math.max(most, sized(each)), 0);
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
}
