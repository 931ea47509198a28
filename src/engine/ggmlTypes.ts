import { GgmlType } from "node-llama-cpp";

/** Rows and columns of a tensor, innermost first, and the type of its numbers. */
export type TensorForm = { readonly dimensions: readonly number[]; readonly type: GgmlType };

/** Numbers in a block and bytes that it takes, as ggml lays them out. */
const BLOCKS: Readonly<Record<string, readonly [numbers: number, bytes: number]>> = {
  F64: [1, 8],
  F32: [1, 4],
  F16: [1, 2],
  BF16: [1, 2],
  I8: [1, 1],
  I16: [1, 2],
  I32: [1, 4],
  I64: [1, 8],
  Q4_0: [32, 18],
  Q4_1: [32, 20],
  Q5_0: [32, 22],
  Q5_1: [32, 24],
  Q8_0: [32, 34],
  IQ4_NL: [32, 18],
  Q2_K: [256, 84],
  Q3_K: [256, 110],
  Q4_K: [256, 144],
  Q5_K: [256, 176],
  Q6_K: [256, 210],
  IQ4_XS: [256, 136],
};

/** Name of a tensor's type, such as "Q4_0". */
export function ggmlTypeName(type: GgmlType): string {
  return GgmlType[type] ?? "unknown";
}

/** Bytes of a tensor; 0 where the type is not known here, which only makes a check for missing bytes weaker. */
export function tensorBytes(type: GgmlType, dimensions: readonly (number | bigint)[]): number {
  const [numbers, bytes] = BLOCKS[ggmlTypeName(type)] ?? [1, 0];
  return (dimensions.reduce<number>((product, size) => product * Number(size), 1) / numbers) * bytes;
}

/** Of the types above, those that llama.cpp stores and does not calculate with: it would end the process. */
const STORED_ONLY = new Set(["F64", "I8", "I16", "I32", "I64"]);

/** Whether nothing can be calculated with a tensor of this type. */
export function isStoredOnly(type: GgmlType): boolean {
  return STORED_ONLY.has(ggmlTypeName(type));
}

/** Whether a matrix of this type can be multiplied; no for a type that is not known here. */
export function multiplies(type: GgmlType): boolean {
  return Object.hasOwn(BLOCKS, ggmlTypeName(type)) && !isStoredOnly(type);
}
