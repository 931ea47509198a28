import { z } from "zod";

const id = z.number().int().nonnegative();

/** What a client may send. The request itself is parsed by the schema of its method, later. */
export const clientMessage = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("request"), id, method: z.string().max(100), request: z.unknown() }),
  z.strictObject({ kind: z.literal("cancel"), id }),
]);
