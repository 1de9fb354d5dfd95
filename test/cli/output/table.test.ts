import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneLine, withoutControls } from '#cli/output/output.ts';
import { tableLines, widthOf } from '#cli/output/table.ts';
import { codePoint } from '#test/support/code-points.ts';

interface Row {
  name: string;
  size: string;
  note: string;
}

const columns = [
  { title: 'Name', cell: ({ name }: Row) => name },
  { title: 'Size', align: 'right' as const, cell: ({ size }: Row) => size },
  { title: 'Note', cell: ({ note }: Row) => note },
];

describe('a table', () => {
  test('is as wide as its texts, with numbers right-aligned and empty columns omitted', () => {
    const rows = [
      { name: 'Flight software', size: '4', note: '' },
      { name: 'Thermal', size: '12', note: '' },
    ];
    expect(tableLines(columns, rows)).toEqual([
      'Name             Size',
      '───────────────  ────',
      'Flight software     4',
      'Thermal            12',
    ]);
  });

  test('never is wider than the terminal as long as that is not tiny, whatever the texts are', () => {
    const text = fc.string({ unit: codePoint, maxLength: 80 });
    const rows = fc.array(fc.record({ name: text, size: text, note: text }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 200 }), (list, width) => {
        const lines = tableLines(columns, list, width);
        expect(lines).toHaveLength(list.length + 2);
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});

test('a line of text holds nothing that could steer a terminal', () => {
  expect(oneLine('a\nb\u001b[31mc\u0000')).toBe('a b [31mc ');
  expect(oneLine('a\u202eb\u2069c')).toBe('a b c');
});

test('of several lines nothing is replaced that ends one', () => {
  expect(withoutControls('a\u001b[31m,b\rc\r\nd\n')).toBe('a [31m,b c\r\nd\n');
});
