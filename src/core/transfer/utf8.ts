/** How many bytes a character that starts with `first` has, and the bounds of its second byte; null when none starts so. */
function shape(first: number): readonly [length: number, low: number, high: number] | null {
  if (first < 0x80) return [1, 0, 0];
  if (first < 0xc2 || first > 0xf4) return null;
  if (first < 0xe0) return [2, 0x80, 0xbf];
  // Overlong forms and surrogates start with bytes that are allowed elsewhere, so their second byte decides.
  if (first < 0xf0) return [3, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  return [4, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
}

export interface BadByte {
  /** Offset of the character's first byte, from 0. */
  at: number;
  /** The text ends in the middle of the character; all up to there is well. */
  cut: boolean;
}

/** Where the first byte is that belongs to no UTF-8 character (RFC 3629); null when all is well. */
export function firstBadByte(bytes: Uint8Array): BadByte | null {
  let at = 0;
  while (at < bytes.length) {
    const known = shape(bytes[at] as number);
    if (!known) return { at, cut: false };
    const [length, low, high] = known;
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next];
      if (byte === undefined) return { at, cut: true };
      const inside = next === 1 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
      if (!inside) return { at, cut: false };
    }
    at += length;
  }
  return null;
}
