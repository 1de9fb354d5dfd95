import fc from 'fast-check';

const surrogates = { first: 0xd800, count: 0x800 };
const last = 0x10_ffff;

/**
 * Any code point, drawn as by fast-check's unit `binary`, which keeps all 1.1 million in a map: that takes a second to make, and each garbage collection of
 * the process walks through its 130 MB.
 */
export const codePoint: fc.Arbitrary<string> = fc
  .nat({ max: last - surrogates.count })
  .map((index) => String.fromCodePoint(index < surrogates.first ? index : index + surrogates.count), indexOf);

/** Throws for anything but one code point, which makes fast-check take it for no value of `codePoint`. */
function indexOf(text: unknown): number {
  const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
  if (code === undefined || String.fromCodePoint(code) !== text) throw new Error('not one code point');
  if (code < surrogates.first) return code;
  if (code < surrogates.first + surrogates.count) throw new Error('half of a surrogate pair');
  return code - surrogates.count;
}
