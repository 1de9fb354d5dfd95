import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { formatTsv, parseTsv } from '#renderer/features/records/sheet/clipboard.ts';

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', 'a', ' ', '=', ',') }),
);

describe('cells as text for a spreadsheet', () => {
  test.prop([fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })])(
    'reading what was written gives the same cells',
    (rows) => {
      // A last row of one empty cell is what every spreadsheet ends its text with: it cannot be told from none.
      const last = rows.at(-1);
      const ends = rows.length > 1 && last?.length === 1 && last[0] === '';
      expect(parseTsv(formatTsv(rows))).toEqual(ends ? rows.slice(0, -1) : rows);
    },
  );

  it.each([
    [
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"two\nlines"\tb', [['two\nlines', 'b']]],
    ['"say ""hi"""', [['say "hi"']]],
    ['5" pipe\tb', [['5" pipe', 'b']]],
    ['"open\tb', [['"open', 'b']]],
    ['"a"b\tc', [['"a"b', 'c']]],
    ['', [['']]],
    ['\t', [['', '']]],
  ])('%j', (text, cells) => {
    expect(parseTsv(text)).toEqual(cells);
  });

  it('keeps text that begins like a formula unchanged', () => {
    expect(formatTsv([['=1+1', '-5', '@x', '+1']])).toBe('=1+1\t-5\t@x\t+1');
  });
});
