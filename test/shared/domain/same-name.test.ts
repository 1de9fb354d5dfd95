import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameName } from '#shared/domain/same-name.ts';
import { codePoint } from '#test/support/code-points.ts';

describe('a typed name', () => {
  it('is equal if only invisible differences remain', () => {
    for (const name of ['Zürich'.normalize('NFD'), 'Zürich ', ' Zürich', 'Zürich\u200B', 'Zürich\u00A0'])
      expect(isSameName('Zürich', name)).toBe(true);
    for (const name of ['Zürich  Nord', 'Zürich\u00A0Nord', 'Zürich\tNord'])
      expect(isSameName('Zürich Nord', name)).toBe(true);
    for (const name of ['Zurich', 'zürich', 'ZürichNord', 'Zürich N', ''])
      expect(isSameName('Zürich', name)).toBe(false);
  });

  it('can be typed for every displayed name', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (name) => {
        expect(isSameName(name.normalize('NFC'), name)).toBe(true);
        expect(isSameName(name.normalize('NFD'), name)).toBe(true);
        expect(isSameName(`${name.trim()} `, name)).toBe(true);
      }),
    );
  });
});
