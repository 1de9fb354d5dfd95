import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstBadByte } from '#core/kernel/files/read-file.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        0x41,
        0x80,
        0xbf,
        0xc0,
        0xc2,
        0xe0,
        0xa0,
        0xed,
        0x9f,
        0xf0,
        0x90,
        0xf4,
        0x8f,
        0xf5,
        0xff,
      ),
      {
        maxLength: 8,
      },
    )
    .map((list) => Uint8Array.from(list)),
  fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => new TextEncoder().encode(text)),
);

describe('firstBadByte', () => {
  it('finds something exactly when the text is no UTF-8, and all before it is', () => {
    fc.assert(
      fc.property(bytes, (list) => {
        const bad = firstBadByte(list);
        expect(bad === null).toBe(isUtf8(list));
        if (!bad) return;
        expect(isUtf8(list.subarray(0, bad.at))).toBe(true);
        expect(isUtf8(list.subarray(bad.at))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells a character that is cut off from one that is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, where) => {
        const whole = new TextEncoder().encode(text);
        const bad = firstBadByte(whole.subarray(0, where % whole.length));
        expect(bad?.cut ?? true).toBe(true);
      }),
    );
    expect(firstBadByte(Uint8Array.of(0x41, 0xc3, 0x41))).toEqual({ at: 1, cut: false });
    expect(firstBadByte(Uint8Array.of(0x41, 0xc3))).toEqual({ at: 1, cut: true });
  });
});
