import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isDeeperThan, isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';

const json = fc.jsonValue().map((value) => value as Json);

/** The same value with the keys of every object in another order. */
function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('equality', () => {
  test('is that of the values, whatever the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonEqual(value, structuredClone(value))).toBe(true);
        expect(jsonEqual(value, shuffled(value))).toBe(true);
      }),
    );
  });

  test('distinguishes exactly values whose texts differ with sorted keys', () => {
    const text = (value: Json): string =>
      JSON.stringify(value, (_, item: unknown) =>
        isJsonObject(item)
          ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
          : item,
      );
    fc.assert(
      fc.property(json, json, (left, right) => {
        expect(jsonEqual(left, right)).toBe(text(left) === text(right));
      }),
    );
  });

  test.each<[Json | undefined, Json | undefined, boolean]>([
    [null, {}, false],
    [{}, [], false],
    [[], {}, false],
    [{ a: null }, {}, false],
    [{ a: null }, { b: null }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    ['1', 1, false],
    [0, -0, true],
    [undefined, null, false],
    [undefined, undefined, true],
    [{ hasOwnProperty: 1 }, { hasOwnProperty: 1 }, true],
    [{ toString: 1 }, {}, false],
  ])('%j and %j: %s', (left, right, equal) => {
    expect(jsonEqual(left, right)).toBe(equal);
  });
});

describe('depth', () => {
  const nested = (levels: number): Json => {
    let value: Json = 1;
    for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value, b: [] };
    return value;
  };
  test.each([
    [0, 0, false],
    [1, 0, true],
    [3, 3, false],
    [4, 3, true],
    [900, 900, false],
    [200_000, 900, true],
  ])('%i levels are deeper than %i: %s', (levels, most, deeper) => {
    expect(isDeeperThan(nested(levels), most)).toBe(deeper);
  });
});
