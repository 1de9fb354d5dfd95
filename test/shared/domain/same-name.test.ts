import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameName } from '#shared/domain/same-name.ts';
import { codePoint } from '#test/support/code-points.ts';

describe('a typed name', () => {
  it('is equal if only invisible differences remain', () => {
    for (const name of ['Zürich'.normalize('NFD'), 'Zürich ', ' Zürich', 'Zürich\u200B', 'Zürich\u00A0'])
      expect(sameName('Zürich', name)).toBe(true);
    for (const name of ['Zürich  Nord', 'Zürich\u00A0Nord', 'Zürich\tNord'])
      expect(sameName('Zürich Nord', name)).toBe(true);
    for (const name of ['Zurich', 'zürich', 'ZürichNord', 'Zürich N', ''])
      expect(sameName('Zürich', name)).toBe(false);
  });

  it('can be typed for every displayed name', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (name) => {
        expect(sameName(name.normalize('NFC'), name)).toBe(true);
        expect(sameName(name.normalize('NFD'), name)).toBe(true);
        expect(sameName(`${name.trim()} `, name)).toBe(true);
      }),
    );
  });
});
