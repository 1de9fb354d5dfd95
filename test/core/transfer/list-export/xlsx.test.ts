import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { maxCellLength } from '#shared/contract/export-list.ts';
import type { Cell } from '#core/export/cells.ts';
import { sheetName, xlsxPieces } from '#core/export/xlsx.ts';
import { maxEntryBytes, zipPieces } from '#core/export/zip.ts';
import { faultOf } from '../support.ts';
import { codePoint } from '#test/support/code-points.ts';

function fileOf(
  labels: string[],
  batches: Cell[][][],
  onCut = (): void => {},
  limit: { maxSheetBytes?: number } = {},
): Buffer {
  return Buffer.concat([
    ...xlsxPieces([{ name: 'Teams', labels, batches, onCut }], { file: 'a.xlsx', ...limit }),
  ]);
}

const unlimited = {
  maxBytes: maxEntryBytes,
  refuse: (): never => {
    throw new Error('too large');
  },
};

const words = fc
  .string({ unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '' && !/^\d/.test(text));
const cells = fc.oneof(
  words,
  fc.constantFrom('=1+1', "'", '<b>&"', 'a\nb', '_x0041_', 'ünï 🛰'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

describe('a spreadsheet file', () => {
  it('is read back as the cells that were written', async () => {
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cells, { minLength: width, maxLength: width }), { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const labels = (rows[0] ?? [null]).map((_, index) => `Column ${index}`);
        const read = await readSheet(fileOf(labels, rows.length > 0 ? [rows] : []), { trim: false });
        // The reader leaves out rows at the end that hold nothing.
        const full = [labels, ...rows];
        const last = full.findLastIndex((row) => row.some((cell) => cell !== null));
        expect(read).toEqual(full.slice(0, last + 1));
      }),
      { numRuns: 40 },
    );
  });

  it('holds moments as moments', async () => {
    const wall = Date.UTC(2026, 10, 20, 11, 34, 35);
    const rows = await readSheet(fileOf(['When'], [[[{ wall }], [{ wall: Date.UTC(1850, 0, 1) }]]]));
    expect(rows).toEqual([['When'], [new Date(wall)], ['1850-01-01T00:00:00.000Z']]);
  });

  it('holds days as days, before those that spreadsheets count rightly as text', async () => {
    const rows = await readSheet(fileOf(['Start'], [[[{ day: '2025-03-15' }], [{ day: '1900-02-28' }]]]));
    expect(rows).toEqual([['Start'], [new Date(Date.UTC(2025, 2, 15))], ['1900-02-28']]);
  });

  it('cuts a text that is too long for a cell, and reports it', async () => {
    let cut = 0;
    const long = '🛰'.repeat(maxCellLength);
    const rows = await readSheet(fileOf(['Text'], [[[long], ['x']]], () => (cut += 1)));
    const shown = String(rows[1]?.[0]);
    expect(shown.length).toBeLessThanOrEqual(maxCellLength);
    expect(shown.endsWith('🛰…')).toBe(true);
    expect(cut).toBe(1);
  });

  it('that is too large for a spreadsheet file is refused with its name and the limit', () => {
    const rows: Cell[][] = Array.from({ length: 50 }, (_, row) => [`Team ${row}`]);
    const fault = faultOf(() => fileOf(['Name'], [rows, rows], undefined, { maxSheetBytes: 4000 }));
    expect(fault.data.reason).toBe('too_large');
    expect(fault.message).toMatch(/^a\.xlsx is too large: a sheet can have at most 1 MB/);
    expect(fileOf(['Name'], [rows], undefined, { maxSheetBytes: 8000 }).length).toBeLessThan(8000);
  });

  it('names sheets as spreadsheets do', () => {
    expect(sheetName("Teams: a/b [2026]? 'and' a very long name")).toBe("Teams  a b  2026   'and' a very");
    expect(sheetName(' :: ')).toBe('FRAMES');
  });
});

describe('a zip archive', () => {
  it('holds each content whole, whatever its pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: codePoint })), (content) => {
        const file = Buffer.concat([...zipPieces([{ name: 'a.xml', content }], unlimited)]);
        const packed = file.readUInt32LE(file.lastIndexOf(Buffer.from('PK\u0001\u0002')) + 20);
        const start = 30 + 'a.xml'.length;
        const inside = inflateRawSync(file.subarray(start, start + packed)).toString();
        expect(inside).toBe(Buffer.from(content.join('')).toString());
      }),
    );
  });
});
