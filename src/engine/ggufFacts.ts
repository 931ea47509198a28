import { open } from "node:fs/promises";
import { type GgufTensorInfo, readGgufFileInfo } from "node-llama-cpp";
import type { LearnedTexts } from "#core/evaluate/learnedTexts.ts";
import type { Damage } from "./damage.ts";
import { ggmlTypeName, type TensorForm, tensorBytes } from "./ggmlTypes.ts";
import { child, type Metadata, number, text } from "./ggufMetadata.ts";
import { FLOAT32, UINT16, valueTypes } from "./ggufValueTypes.ts";
import { modelDamage } from "./modelDamage.ts";
import {
  type AdapterOrigin,
  adapterOrigin,
  type GroundedFacts,
  groundedFacts,
  learnedTexts,
} from "./trainedFacts.ts";

/** Sizes of a LLaMA network, in numbers. */
export type ModelShape = {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  /** Tokens of context it was trained for. */
  readonly contextTokens: number;
};

/** Where a tensor lies in its file. */
export type TensorPlace = { readonly offset: number; readonly bytes: number };

/** How the matrices of an adapter are added to those of its base. */
export type LoraFacts = {
  /** `lora`; null where the header has no such text. */
  readonly kind: string | null;
  /** The scale times the rank; null where the header has no such number in F32. */
  readonly alpha: number | null;
};

/** What the header of a GGUF file says. */
export type GgufFacts = {
  readonly kind: "model" | "adapter";
  /** Files that the model was split into; 1 for a whole one. */
  readonly parts: number;
  /** What keeps a model from being loaded at all; null where nothing is known to. Null for an adapter. */
  readonly damage: Damage | null;
  readonly name: string | null;
  readonly architecture: string;
  /** Null where the header does not name it. */
  readonly licence: string | null;
  /** The type that most weights have, such as "F16" or "Q4_0". */
  readonly quantisation: string;
  readonly parameters: number;
  /** Null for an adapter. */
  readonly shape: ModelShape | null;
  readonly grounded: GroundedFacts | null;
  /** Null for a model. */
  readonly lora: LoraFacts | null;
  /** Null for a model, and for an adapter that was made elsewhere. */
  readonly origin: AdapterOrigin | null;
  readonly learnedTexts: LearnedTexts;
  /** The norm vectors by name, which are F32 in every quantisation. */
  readonly norms: ReadonlyMap<string, TensorPlace>;
  /** By name. */
  readonly tensors: ReadonlyMap<string, TensorForm>;
  /** Bytes that the file must have for its tensors to be whole. */
  readonly promisedBytes: number;
};

/** Long lists that the native loader reads for itself. */
const UNREAD = ["tokenizer.ggml.merges", "tokenizer.ggml.scores", "tokenizer.ggml.token_type"];

/** Reads the header of a GGUF file on this disk. Throws whatever the parser throws on a damaged header. */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const info = await readGgufFileInfo(path, {
    sourceType: "filesystem",
    ignoreKeys: UNREAD,
    logWarnings: false,
    spliceSplitFiles: false,
  });
  // The library's types know its own keys only; a file may lack or add any.
  const metadata = info.metadata as unknown as Metadata;
  const general = child(metadata, "general");
  const architecture = text(general, "architecture") ?? "unknown";
  const kind = text(general, "type") === "adapter" ? "adapter" : "model";
  const tensors = info.fullTensorInfo ?? [];
  const forms = new Map(
    tensors.map(({ name, dimensions, ggmlType }) => [
      name,
      { dimensions: dimensions.map(Number), type: ggmlType },
    ]),
  );
  const split = child(metadata, "split");
  const splitDamage: Damage | null =
    split.count === undefined || (await hasType(path, info.metadataSize, "split.count", UINT16))
      ? null
      : { reason: "MODEL-KEY-TYPE", key: "split.count", type: "UINT16" };
  return {
    kind,
    parts: Math.max(1, number(split, "count") ?? 1),
    damage: kind === "model" ? (splitDamage ?? modelDamage(metadata, architecture, forms)) : null,
    name: text(general, "name"),
    architecture,
    licence: text(general, "license"),
    quantisation: commonType(tensors),
    parameters: tensors.reduce((sum, { dimensions }) => sum + count(dimensions), 0),
    shape: kind === "model" ? shape(metadata, architecture, tensors) : null,
    grounded: groundedFacts(metadata),
    lora: kind === "adapter" ? await loraFacts(path, metadata, info.metadataSize) : null,
    origin: kind === "adapter" ? adapterOrigin(metadata) : null,
    learnedTexts: learnedTexts(metadata),
    norms: new Map(
      tensors
        .filter(({ name, ggmlType }) => name.endsWith("_norm.weight") && ggmlTypeName(ggmlType) === "F32")
        .map(({ name, fileOffset, ggmlType, dimensions }) => [
          name,
          { offset: Number(fileOffset), bytes: tensorBytes(ggmlType, dimensions) },
        ]),
    ),
    tensors: forms,
    promisedBytes: Math.max(
      0,
      ...tensors.map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor.ggmlType, tensor.dimensions)),
    ),
  };
}

/** @param headerBytes where the values of the header end */
async function loraFacts(path: string, metadata: Metadata, headerBytes: number): Promise<LoraFacts> {
  const own = child(metadata, "adapter");
  const isFloat = await hasType(path, headerBytes, "adapter.lora.alpha", FLOAT32);
  return { kind: text(own, "type"), alpha: isFloat ? number(child(own, "lora"), "alpha") : null };
}

/** Whether a value of the header is of this type. Only for the few whose type matters: it reads the header again. */
async function hasType(path: string, headerBytes: number, key: string, type: number): Promise<boolean> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
  return valueTypes(buffer).get(key) === type;
}

function shape(metadata: Metadata, architecture: string, tensors: readonly GgufTensorInfo[]): ModelShape {
  const own = child(metadata, architecture);
  const attention = child(own, "attention");
  const heads = number(attention, "head_count") ?? 0;
  const embedding = tensors.find(({ name }) => name === "token_embd.weight");
  return {
    layers: number(own, "block_count") ?? 0,
    width: number(own, "embedding_length") ?? 0,
    heads,
    keyValueHeads: number(attention, "head_count_kv") ?? heads,
    feedForward: number(own, "feed_forward_length") ?? 0,
    vocabulary: number(own, "vocab_size") ?? Number(embedding?.dimensions[1] ?? 0),
    contextTokens: number(own, "context_length") ?? 0,
  };
}

function commonType(tensors: readonly GgufTensorInfo[]): string {
  const weights = new Map<string, number>();
  for (const { ggmlType, dimensions } of tensors) {
    const name = ggmlTypeName(ggmlType);
    weights.set(name, (weights.get(name) ?? 0) + count(dimensions));
  }
  return [...weights].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "unknown";
}

function count(dimensions: GgufTensorInfo["dimensions"]): number {
  return dimensions.reduce<number>((product, dimension) => product * Number(dimension), 1);
}
