import { expect } from "vitest";
import type { Bundle } from "../../src/core/export/fhir/types.ts";

export type Json = Record<string, unknown>;

/** The resources of one type. */
export const resources = (bundle: Bundle, type: string): Json[] =>
  bundle.entry.map((entry) => entry.resource as Json).filter((resource) => resource.resourceType === type);

/** Every object in a value, itself included. */
export function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (value === null || typeof value !== "object") return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

/** Every code in a value. */
export const codesOf = (value: unknown): string[] =>
  objectsIn(value).flatMap((one) => (typeof one.code === "string" ? [one.code] : []));

/** The words to which the derivation-reference on `element` points, cut out of the note by code points. */
export function originOf(bundle: Bundle, element: Json): string | undefined {
  const [note] = resources(bundle, "DocumentReference");
  const [content] = (note?.content ?? []) as { attachment: { data: string } }[];
  const characters = [...Buffer.from(content?.attachment.data ?? "", "base64").toString("utf8")];
  const extension = ((element.extension ?? []) as Json[]).find((one) =>
    String(one.url).endsWith("derivation-reference"),
  );
  const part = (url: string) => (extension?.extension as Json[] | undefined)?.find((one) => one.url === url);
  const offset = part("offset")?.valueInteger as number | undefined;
  if (offset === undefined) return undefined;
  return characters.slice(offset, offset + (part("length")?.valueInteger as number)).join("");
}

/** The one item there is. */
export const only = <Item>(items: readonly Item[]): Item => {
  expect(items).toHaveLength(1);
  return items[0] as Item;
};
