/**
 * SHA-1 (FIPS 180-4 §6.1), 20 bytes. FHIR R4 asks for it in Attachment.hash, and UUID version 5 is made of it; it
 * identifies here and secures nothing.
 */
export function sha1(message: Uint8Array): Uint8Array {
  const words = padded(message);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const schedule = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    for (let t = 0; t < 80; t++) {
      schedule[t] =
        t < 16
          ? (words[block + t] ?? 0)
          : rotate(
              at(schedule, t - 3) ^ at(schedule, t - 8) ^ at(schedule, t - 14) ^ at(schedule, t - 16),
              1,
            );
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let t = 0; t < 80; t++) {
      const next = (rotate(a, 5) + mix(t, b, c, d) + e + at(schedule, t)) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((value, i) => {
      state[i] = ((state[i] ?? 0) + value) | 0;
    });
  }
  return Uint8Array.from(state.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word]));
}

/** The standard's function of round `t` plus its constant. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

/** The message as big-endian words, with the closing bit and its length in bits. */
function padded(message: Uint8Array): Int32Array {
  const words = new Int32Array((((message.length + 8) >> 6) + 1) * 16);
  message.forEach((byte, i) => {
    words[i >> 2] = at(words, i >> 2) | (byte << (24 - 8 * (i & 3)));
  });
  words[message.length >> 2] = at(words, message.length >> 2) | (0x80 << (24 - 8 * (message.length & 3)));
  words[words.length - 2] = Math.floor(message.length / 0x2000_0000);
  words[words.length - 1] = message.length << 3;
  return words;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}
