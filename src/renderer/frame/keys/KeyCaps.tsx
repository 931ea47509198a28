import { Kbd } from "@mantine/core";
import { chordCaps } from "./chord.ts";
import { onMac } from "./KeyProvider.tsx";

/** A chord or sequence as key caps. */
export function KeyCaps(props: { readonly keys: string }) {
  return (
    <span>
      {chordCaps(props.keys, onMac).map((caps, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chord has no other identity than its place
        <span key={index}>
          {index > 0 && " "}
          {caps.map((cap) => (
            <Kbd key={cap} size="xs" ms={2}>
              {cap}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
