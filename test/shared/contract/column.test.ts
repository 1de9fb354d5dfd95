import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { column, isOneOf, isNumber, isNullOr, isText } from '#shared/contract/network.ts';

const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom<unknown>(null, undefined, 'a', 'b', true, 0, -0, NaN, Infinity, 7n, [], {}, new Date(0)),
);
const some = fc.oneof(value, fc.array(value, { maxLength: 4 }), fc.array(fc.string()), fc.array(fc.double()));

describe('a column', () => {
  it.each([
    ['texts', column(isText), z.array(z.string())],
    ['numbers', column(isNumber), z.array(z.number())],
    ['words of a list', column(isOneOf(['a', 'b'])), z.array(z.enum(['a', 'b']))],
    ['texts or nothing', column(isNullOr(isText)), z.array(z.string().nullable())],
    ['numbers or nothing', column(isNullOr(isNumber)), z.array(z.number().nullable())],
  ] as const)('of %s takes what a schema for each value takes, and as it is', (_, quick, thorough) => {
    fc.assert(
      fc.property(some, (given) => {
        const [one, other] = [quick.safeParse(given), thorough.safeParse(given)];
        expect(one.success).toBe(other.success);
        expect(one.data).toBe(one.success ? given : undefined);
      }),
    );
  });
});
