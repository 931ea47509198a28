/** Keys and values of a header, part by part. */
export type Metadata = { readonly [key: string]: unknown };

/** The part under a key; an empty one where there is none. */
export function child(metadata: Metadata, key: string): Metadata {
  const value = metadata[key];
  return typeof value === "object" && value !== null ? (value as Metadata) : {};
}

/** Null where the header has no such text. */
export function text(metadata: Metadata, key: string): string | null {
  const value = metadata[key];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Null where the header has no such number. */
export function number(metadata: Metadata, key: string): number | null {
  const value = metadata[key];
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}
