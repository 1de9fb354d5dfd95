import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { unquoteFormula, quoteFormula } from '#core/model/interchange/columns.ts';
import { findDelimiter, readCsv } from '#core/import/table/read/csv.ts';
import { runSync } from '#core/kernel/progress.ts';
import { faultOf } from '../support.ts';
import { codePoint } from '#test/support/code-points.ts';

const read = (text: string, delimiter = ',') =>
  runSync(readCsv(text, { delimiter, linesBefore: 0, rowNames: 'none' }));
const cells = (text: string, delimiter = ',') => read(text, delimiter).lines.map((line) => line.cells);

const delimiters: readonly string[] = [',', ';', '\t', '|'];
/** Cells as people write them, with all that has a meaning in a CSV file. */
const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', 'a', ' '), maxLength: 8 }),
);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 });

/** What is left of a table when it is read: no empty lines, and no empty cells at the end of one. */
function expected(rows: readonly (readonly string[])[]): (string | null)[][] {
  return rows.flatMap((row) => {
    const last = row.findLastIndex((text) => text.trim() !== '');
    return last < 0
      ? []
      : [
          row
            .slice(0, last + 1)
            .map((text) => (text === '' ? null : unquoteFormula(text.replaceAll(/\r\n?/g, '\n')))),
        ];
  });
}

describe('a text that a spreadsheet would compute', () => {
  it('loses the apostrophe added by its export, and others keep theirs', () => {
    const signs = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', 'a', ' '), maxLength: 6 });
    fc.assert(
      fc.property(signs, (text) => {
        expect(unquoteFormula(quoteFormula(text))).toBe(text);
        expect(/^[=+\-@＝]/.test(quoteFormula(text))).toBe(false);
      }),
    );
    expect(cells("'=SUM(A1),'tis,'-5\n")).toEqual([['=SUM(A1)', "'tis", '-5']]);
  });
});

describe('reading delimited text', () => {
  it('gives back every table that another program wrote, whatever its cells hold', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, delimiter, newline) => {
          const text = Papa.unparse(rows, { delimiter, newline, quotes: true });
          expect(cells(text, delimiter)).toEqual(expected(rows));
        },
      ),
    );
  });

  it('keeps unquoted text unchanged', () => {
    expect(cells('a,b\n 1 ,"x, ""y"""\n')).toEqual([
      ['a', 'b'],
      [' 1 ', 'x, "y"'],
    ]);
    expect(cells('6" pipe,say "hi"\n')).toEqual([['6" pipe', 'say "hi"']]);
  });

  it('reports rows of different lengths, and an unclosed quote', () => {
    expect(read('a,b\n1,2\n1,2,3\n4\n5,6').notices).toEqual([
      { code: 'long_rows', count: 1, where: { line: 3 }, params: {} },
      { code: 'short_rows', count: 1, where: { line: 4 }, params: {} },
    ]);
    expect(read('Teams of spring\na,b\n1,2\n3,4').notices).toEqual([]);
    expect(read('a,b\n1,"open\n2,3').notices).toContainEqual({
      code: 'open_quote',
      count: 1,
      where: { line: 2 },
      params: {},
    });
  });

  it('cuts the row numbers of R only from rows that have one', () => {
    const text = '"a","b"\n"1","x",3\n"2","y",2\n"Total",5\n';
    const { lines } = runSync(readCsv(text, { delimiter: ',', linesBefore: 0, rowNames: 'numbers' }));
    expect(lines.map((line) => line.cells)).toEqual([
      ['a', 'b'],
      ['x', '3'],
      ['y', '2'],
      ['Total', '5'],
    ]);
  });

  it('finds the sign between the cells', () => {
    for (const delimiter of delimiters) {
      const text =
        ['Name', 'Size', 'Note'].join(delimiter) +
        '\n' +
        ['A, B; C', '1,5', 'x'].map((one) => `"${one}"`).join(delimiter);
      expect(findDelimiter(text).delimiter).toBe(delimiter);
    }
    expect(findDelimiter('Name\nA\nB').delimiter).toBe(',');
    expect(findDelimiter('Größe;Wert\n1,5;2,5\n2,5;3,5').delimiter).toBe(';');
    expect(findDelimiter('').delimiter).toBe(',');
    // Also where the first line is longer than what is looked at.
    expect(findDelimiter(`Name;${'x'.repeat(70_000)};Size\nA;b;3`).delimiter).toBe(';');
    // A long text full of commas is no reason to refuse a table whose cells something else parts.
    expect(findDelimiter(`Name;Note\nA;x\nB;${'and, '.repeat(400)}`).delimiter).toBe(';');
  });

  it('refuses other content before it fills the memory', () => {
    const wide = faultOf(() => read('x,'.repeat(1_000_000)));
    expect(wide.data).toMatchObject({ reason: 'too_many_columns', line: 1 });
    expect(faultOf(() => read('x\n'.repeat(100_002))).data.reason).toBe('too_many_rows');
  });

  it('holds a cell of quotes or of line breaks alone in no more memory than its text', () => {
    expect(cells(`"${'""'.repeat(40_000)}"`)).toEqual([['"'.repeat(32_767)]]);
    const { lines } = read(`a\n"x${'\r\n'.repeat(1000)}${'\n'.repeat(1000)}${'\r'.repeat(1000)}y"\nb`);
    expect(lines.map(({ line }) => line)).toEqual([1, 2, 3003]);
  });

  it('reads any text without failing otherwise', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: codePoint, maxLength: 300 }),
        fc.constantFrom(...delimiters),
        (text, delimiter) => {
          const { lines } = read(text, delimiter);
          expect(lines.every(({ cells }) => cells.length > 0)).toBe(true);
          expect(delimiters).toContain(findDelimiter(text).delimiter);
        },
      ),
    );
  });
});
