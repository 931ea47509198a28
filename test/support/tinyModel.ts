import type { TinyMetadata, TinyTensor } from "./tinyGguf.ts";

const WIDTH = 32;
const FEED_FORWARD = 64;
/** Every byte, and nothing else: the vocabulary of a model in which only its form matters. */
const TOKENS = [
  "<unk>",
  "<s>",
  "</s>",
  ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).padStart(2, "0").toUpperCase()}>`),
  "▁",
  ..."abcdefghijklmnopqrstuvwxyz",
];

/** The header of the smallest model that llama.cpp loads and reads with. */
export const TINY_HEADER: TinyMetadata = {
  "general.architecture": "llama",
  "general.name": "Tiny",
  "llama.block_count": 1,
  "llama.embedding_length": WIDTH,
  "llama.attention.head_count": 4,
  "llama.attention.head_count_kv": 2,
  "llama.attention.layer_norm_rms_epsilon": 0.00001,
  "llama.feed_forward_length": FEED_FORWARD,
  "llama.context_length": 256,
  "tokenizer.ggml.model": "llama",
  "tokenizer.ggml.tokens": TOKENS,
  "tokenizer.ggml.scores": TOKENS.map((_, rank) => -rank),
};

const matrix = (name: string, inside: number, outside: number): TinyTensor => ({
  name,
  dimensions: [inside, outside],
  spread: 1 / Math.sqrt(inside),
});
const norm = (name: string): TinyTensor => ({ name, dimensions: [WIDTH], spread: 1 });

/** The tensors of that model, of weights at random. */
export const TINY_TENSORS: readonly TinyTensor[] = [
  matrix("token_embd.weight", WIDTH, TOKENS.length),
  norm("output_norm.weight"),
  norm("blk.0.attn_norm.weight"),
  matrix("blk.0.attn_q.weight", WIDTH, WIDTH),
  matrix("blk.0.attn_k.weight", WIDTH, WIDTH / 2),
  matrix("blk.0.attn_v.weight", WIDTH, WIDTH / 2),
  matrix("blk.0.attn_output.weight", WIDTH, WIDTH),
  norm("blk.0.ffn_norm.weight"),
  matrix("blk.0.ffn_gate.weight", WIDTH, FEED_FORWARD),
  matrix("blk.0.ffn_down.weight", FEED_FORWARD, WIDTH),
  matrix("blk.0.ffn_up.weight", WIDTH, FEED_FORWARD),
];
