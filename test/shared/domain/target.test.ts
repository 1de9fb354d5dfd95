import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTarget, printTarget } from '#shared/domain/target.ts';
import type { AddressTarget } from '#shared/domain/target.ts';

const sandbox = fc.option(fc.uuid({ version: 7 }).map((uuid) => `sbx_${uuid}`));

const target: fc.Arbitrary<AddressTarget> = fc
  .tuple(sandbox, fc.boolean(), fc.option(fc.integer({ min: 1 })))
  .map(([of, past, at]) => ({ sandbox: of, isPast: past, at: past ? at : null }));

describe('the target of an address', () => {
  it('parses back as printed', () => {
    fc.assert(
      fc.property(target, (one) => {
        expect(parseTarget(printTarget(one))).toEqual(one);
      }),
    );
    expect(parseTarget('then-live.12')).toEqual({ sandbox: null, isPast: true, at: 12 });
  });

  it('is nothing else', () => {
    const others = [
      '',
      'then-',
      'then-live.',
      'then-live.0',
      'live.3',
      'sbx_1',
      'then-sbx_../x',
      'Live',
      'then-then-live',
    ];
    expect(others.map(parseTarget)).toEqual(others.map(() => null));
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseTarget(text);
        expect(read === null || printTarget(read) === text).toBe(true);
      }),
    );
  });
});
