import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDepth } from '#shared/domain/limits.ts';
import { parseJson } from '#core/import/json/parse.ts';
import { isExactNumber } from '#core/model/interchange/exact-number.ts';
import { faultOf, parse } from './support.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const blanks = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** JSON text with blanks of every kind between its tokens. */
function spaced(text: string, gaps: readonly string[]): string {
  let next = 0;
  const gap = (): string => gaps[next++ % Math.max(gaps.length, 1)] ?? '';
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token) => `${gap()}${token}${gap()}`);
}

/** The value of a text; that it is refused as no JSON, or for what JSON.parse passes over. */
function outcomeOf(text: string): { value: unknown } | 'refused' | 'stricter' {
  try {
    return { value: parse(text) };
  } catch {
    const { reason } = faultOf(() => parse(text)).data;
    return ['not_json', 'truncated', 'empty'].includes(reason) ? 'refused' : 'stricter';
  }
}

describe('parseJson', () => {
  it('accepts the same as JSON.parse, with any white space', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.array(blanks, { maxLength: 7 }), (value, gaps) => {
        const text = spaced(JSON.stringify(value), gaps);
        expect(parse(text)).toStrictEqual(JSON.parse(text));
      }),
      { numRuns: lawRuns(500) },
    );
  });

  it('refuses exactly what JSON.parse refuses, after any edit of a text', () => {
    const odd = fc.constantFrom(
      '"',
      '\\',
      '{',
      ']',
      ',',
      ':',
      '0',
      '.',
      '-',
      'e',
      '/',
      '//',
      '\u0001',
      '\n',
      'tru',
      '\u2028',
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), odd, (text, where, cut, piece) => {
        const at = where % (text.length + 1);
        const edited = text.slice(0, at) + piece + text.slice(at + cut);
        const outcome = outcomeOf(edited);
        fc.pre(outcome !== 'stricter');
        let expected: { value: unknown } | 'refused' = 'refused';
        try {
          expected = { value: JSON.parse(edited) };
        } catch {
          // Refused.
        }
        expect(outcome).toStrictEqual(expected);
      }),
      { numRuns: lawRuns(2000) },
    );
  });

  it('calls every beginning of a list of records cut off', () => {
    const text =
      '{"teams": [{"id": "a", "size": -1.5e3, "on": true, "off": false, "x": null, "u": "\\u00e9\\n"}]}';
    for (let end = 1; end < text.length; end++) {
      expect(faultOf(() => parse(text.slice(0, end))).data.reason).toBe('truncated');
    }
  });

  it('treats __proto__, constructor and toString as ordinary keys', () => {
    const text = '{"__proto__": {"x": 1}, "constructor": 2, "toString": [{"__proto__": null}]}';
    const value = parse(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['a key that comes twice', '{"a": [{"c": {"d d": 1, "d d": 2}}]}', 'duplicate_key', '$.a[0].c["d d"]'],
    ['__proto__ twice', '{"__proto__": 1, "__proto__": 2}', 'duplicate_key', '$.__proto__'],
    ['a number with too many digits', '{"a": [1, 9007199254740993]}', 'inexact_number', '$.a[1]'],
    ['a number beyond all', '{"a": 1e400}', 'inexact_number', '$.a'],
  ])('refuses %s, with its place', (_, text, reason, path) => {
    const { values: __, ...place } = faultOf(() => parse(text)).data;
    expect(place).toEqual({ reason, line: 1, path });
  });

  it('reports where a text stops being JSON', () => {
    const fault = faultOf(() => parse('{\n  "teams": [\r\n    {"id": "a"},\r\n    {"id": }\n]}'));
    const { values: _, ...place } = fault.data;
    expect(place).toEqual({ reason: 'not_json', line: 4, path: '$.teams[1].id' });
    expect(fault.message).toContain('in column 12. Line 4.');
  });

  it.each([
    '{"a": 1 /* why */}',
    '{} // why',
    '[1,]',
    '{"a": 1,}',
    "{'a': 1}",
    '[01]',
    '[NaN]',
    '["a\nb"]',
    '["a\tb"]',
    '["\\x41"]',
    '["\\u12x4"]',
    '{} {}',
    '[\u00a01]',
  ])('refuses %j as not JSON', (text) => expect(faultOf(() => parse(text)).data.reason).toBe('not_json'));

  it.each(['', ' ', '\n\r\n\t'])('calls %j empty', (text) => {
    expect(faultOf(() => parse(text)).data.reason).toBe('empty');
  });

  it('refuses too deep nesting and reads the deepest allowed, without recursion', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(faultOf(() => parse(nested(maxDepth + 1))).data.reason).toBe('too_deep');
    expect(parse(nested(maxDepth))).toBeInstanceOf(Array);
    expect(parse(nested(1_000_000), 2_000_000)).toBeInstanceOf(Array);
    expect(faultOf(() => parse('{"a":'.repeat(maxDepth + 1))).data.path).toBe('$.a.a.a.a.a.a.a.a');
  });

  it('yields often and reports progress', () => {
    const text = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => ({ index })));
    const work = parseJson(text);
    const seen: number[] = [];
    for (let step = work.next(); !step.done; step = work.next()) seen.push(step.value);
    expect(seen.length).toBeGreaterThan(50);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toBeLessThanOrEqual(text.length);
  });
});

describe('isExactNumber', () => {
  it('accepts every number as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isExactNumber(JSON.stringify(value), value)).toBe(true);
      }),
    );
  });

  it('agrees with whole-number arithmetic', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (value) => {
        const text = String(value);
        const shown = Number(text).toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 });
        expect(isExactNumber(text, Number(text))).toBe(
          BigInt(shown) === value || BigInt(text) === decimalOf(Number(text)),
        );
      }),
    );
  });

  it.each([
    '0',
    '-0',
    '0.0',
    '0e5',
    '1.0',
    '1.50e3',
    '1E+2',
    '100e-2',
    '0.30000000000000004',
    '1e21',
    '0.000001',
    '9007199254740991',
  ])('keeps %s', (text) => expect(isExactNumber(text, Number(text))).toBe(true));

  it.each([
    '12345678901234567890',
    '9007199254740993',
    '0.1000000000000000055',
    '1e400',
    '-1e999',
    '1e-400',
    '3.14159265358979323846',
  ])('does not keep %s', (text) => expect(isExactNumber(text, Number(text))).toBe(false));
});

/** The whole number that JavaScript's own shortest form of a number says. */
function decimalOf(value: number): bigint {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length);
}
