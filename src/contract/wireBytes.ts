/**
 * A WebSocket carries text frames and binary frames. A message goes as one text frame, the number of
 * binary frames and the JSON in which each Uint8Array is replaced by its number, such as
 * `1 {"kind":"request",…}`; the binary frames follow in that order.
 */
export type PackedMessage = { readonly text: string; readonly blobs: readonly Uint8Array[] };

const mark = "$bytes";

/** Splits a message into its text frame and its binary frames. */
export function packMessage(message: unknown): PackedMessage {
  const blobs: Uint8Array[] = [];
  const json = JSON.stringify(message, (_, value) =>
    value instanceof Uint8Array ? { [mark]: blobs.push(value) - 1 } : value,
  );
  return { text: `${blobs.length} ${json}`, blobs };
}

/**
 * Collects frames in the order of their arrival and calls `deliver` with each message that is whole.
 * @returns what takes a frame; it throws a SyntaxError or TypeError on anything that `packMessage` did not write.
 */
export function unpacker(deliver: (message: unknown) => void): (frame: string | Uint8Array) => void {
  let json = "";
  let missing = 0;
  let blobs: Uint8Array[] = [];
  return (frame) => {
    if (typeof frame === "string") {
      const gap = frame.indexOf(" ");
      if (missing > 0 || !/^\d+$/.test(frame.slice(0, gap))) throw new TypeError("unexpected text frame");
      json = frame.slice(gap + 1);
      missing = Number(frame.slice(0, gap));
      blobs = [];
    } else {
      if (missing === 0) throw new TypeError("unexpected binary frame");
      blobs.push(frame);
      missing -= 1;
    }
    if (missing > 0) return;
    const whole = blobs;
    deliver(JSON.parse(json, whole.length > 0 ? (_, value) => whole[value?.[mark]] ?? value : undefined));
  };
}
