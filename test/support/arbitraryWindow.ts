import fc from "fast-check";
import type { TagSurface, TokenId } from "#core/ports.ts";

/** A window without meaning: sources, tags and limits of every kind. */
export type ArbitraryWindow = {
  readonly source: readonly (readonly TokenId[])[];
  /** By piece. */
  readonly mayOpen: readonly boolean[];
  readonly surface: TagSurface;
  readonly maxDepth: number;
};

const END = 0;
const CLOSE = 1;
const OPEN = 2;

/** One special token for each type. */
export function specialSurface(types: number): TagSurface {
  const open = Array.from({ length: types }, (_, i) => ({ type: `T${i}`, tokens: [10 + i] }));
  return { end: END, close: CLOSE, open };
}

/** A bracket and a name of one to three tokens and a colon: many names begin alike. */
function plainSurface(names: readonly (readonly number[])[]): TagSurface {
  const open = names.map((name, i) => ({ type: `T${i}`, tokens: [OPEN, ...name.map((n) => 20 + n), 29] }));
  return { end: END, close: CLOSE, open };
}

const surfaces = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map(specialSurface),
  fc
    .uniqueArray(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }), {
      maxLength: 6,
      selector: (name) => name.join(),
    })
    .map(plainSurface),
);

const piece = fc.record({
  tokens: fc.array(fc.integer({ min: 20, max: 40 }), { minLength: 1, maxLength: 3 }),
  mayOpen: fc.integer({ min: 0, max: 4 }).map((number) => number > 0),
});

export const arbitraryWindow: fc.Arbitrary<ArbitraryWindow> = fc
  .record({
    pieces: fc.array(piece, { maxLength: 40 }),
    surface: surfaces,
    maxDepth: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ pieces, ...rest }) => ({
    source: pieces.map(({ tokens }) => tokens),
    mayOpen: pieces.map(({ mayOpen }) => mayOpen),
    ...rest,
  }));
