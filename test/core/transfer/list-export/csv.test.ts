import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Cell } from '#core/export/cells.ts';
import { csvLine, csvPieces } from '#core/export/csv.ts';
import { quoteFormula } from '#core/model/interchange/columns.ts';
import { findDelimiter } from '#core/import/table/read/csv.ts';
import { codePoint } from '#test/support/code-points.ts';

const text = (cell: Cell): string => (cell === null ? '' : typeof cell === 'object' ? '' : String(cell));
const armed = fc
  .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝'), fc.string())
  .map(([sign, rest]) => sign + rest);
const cells = fc.oneof(
  fc.string({ unit: codePoint }),
  armed,
  fc.constantFrom('', ' a ', '"', '""', 'a,b', 'a\r\nb', 'a\nb', 'ünï 🛰', ';'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
);

describe('a CSV file', () => {
  it('is read back as the cells that were written, texts that begin like a formula with an apostrophe before them', () => {
    const tables = fc
      .integer({ min: 1, max: 5 })
      .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { maxLength: 6 }));
    fc.assert(
      fc.property(tables, (rows) => {
        const labels = (rows[0] ?? [null]).map((_, index) => `Column ${index}`);
        const file = [...csvPieces(labels, [rows])].join('');
        expect(file.startsWith('\uFEFF')).toBe(true);
        expect(file.endsWith('\r\n')).toBe(true);
        const { data, errors } = papa.parse<string[]>(file.slice(1, -2), {
          delimiter: ',',
          newline: '\r\n',
        });
        expect(errors).toEqual([]);
        expect(data).toEqual([
          labels,
          ...rows.map((row) =>
            row.map((cell) => (typeof cell === 'string' ? quoteFormula(cell) : text(cell))),
          ),
        ]);
      }),
    );
  });

  it('is read back with semicolons too, its numbers with a decimal comma', () => {
    const tables = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { maxLength: 6 }));
    fc.assert(
      fc.property(tables, (rows) => {
        const labels = (rows[0] ?? [null, null]).map((_, index) => `Column ${index}`);
        const file = [...csvPieces(labels, [rows], ';')].join('');
        const { data, errors } = papa.parse<string[]>(file.slice(1, -2), { delimiter: ';', newline: '\r\n' });
        expect(errors).toEqual([]);
        expect(data).toHaveLength(rows.length + 1);
        const read = data.slice(1).map((row, at) =>
          row.map((said, index) => {
            const cell = rows[at]?.[index] ?? null;
            return typeof cell === 'number' ? Number(said.replace(',', '.')) : said;
          }),
        );
        expect(read).toEqual(
          rows.map((row) =>
            row.map((cell) =>
              typeof cell === 'number' ? cell + 0 : typeof cell === 'string' ? quoteFormula(cell) : '',
            ),
          ),
        );
        expect(findDelimiter(file.slice(1)).delimiter).toBe(';');
      }),
    );
    expect(csvLine(['a,b', 1250.5, -0.25, 7, 1e-9], ';')).toBe('"a,b";"1250,5";"-0,25";7;1e-9\r\n');
  });

  it('has no text that a spreadsheet would compute; numbers stay numbers', () => {
    expect(csvLine(['=1+1', '+1', '-1', '@a', '\tb', '\rc', -1, 2.5, 'a=b'])).toBe(
      `'=1+1,'+1,'-1,'@a,'\tb,"'\rc",-1,2.5,a=b\r\n`,
    );
    // As East Asian keyboards type them: some programs compute these too.
    expect(csvLine(['＝1+1', '＋1', '－1', '＠a', '\n=1'])).toBe(`'＝1+1,'＋1,'－1,'＠a,"'\n=1"\r\n`);
  });

  it('writes moments as spreadsheets read them', () => {
    expect(csvLine([{ wall: Date.UTC(2026, 10, 3, 9, 5, 7, 999) }])).toBe('2026-11-03 09:05:07\r\n');
  });
});
