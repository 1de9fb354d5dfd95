import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetLayout } from '#shared/contract/sheets.ts';
import { maxOutlineBytes } from '#core/import/table/read/limits.ts';
import { readTable } from '#core/import/table/read/read.ts';
import type { SheetFile } from '#core/import/table/read/read.ts';
import { dateText, readCells } from '#core/import/table/read/sheet-cells.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { rawParts, rawWorkbook, workbook } from '#test/support/workbook.ts';
import { zip } from '#test/support/zip.ts';
import { runSync } from '#core/kernel/progress.ts';
import { stillClock } from '../support.ts';
import { refusedWith } from '../workspace.ts';

let folder = '';
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => removeFolder(folder));

/** The writer of the test files mistakes these words for parts of its own table of texts. */
const isMistaken = (value: string): boolean => value in {};

const whole: SheetLayout = { sheet: null, header: null };

function read(bytes: Buffer, layout: SheetLayout = whole, name = 'table.xlsx'): Promise<SheetFile> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readTable({ input: { path }, layout }, { clock: stillClock });
}

const cellsOf = async (bytes: Buffer) =>
  (await read(bytes, { sheet: 0, header: 0 })).raw.lines.map(({ cells }) => cells);
const refusal = async (bytes: Buffer, name?: string) => (await refusedWith(read(bytes, whole, name))).data;

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const twoRows = `<row>${text('Name')}</row><row>${text('Radio')}</row>`;

describe('a workbook', () => {
  it('holds the cells that another program wrote into it', async () => {
    const bytes = await workbook({
      Teams: [
        ['Name', 'Size', 'Since', 'Active'],
        ['A & B <"x">', 4, new Date(Date.UTC(2026, 4, 15)), true],
        [null, null, null, null],
        ['Übung 🚀', 2.5, null, false],
      ],
    });
    const { raw, sheets, format } = await read(bytes);
    expect({ sheets, format }).toEqual({ sheets: ['Teams'], format: 'xlsx' });
    expect(raw.lines).toEqual([
      { line: 1, cells: ['Name', 'Size', 'Since', 'Active'] },
      { line: 2, cells: ['A & B <"x">', 4, '2026-05-15', true] },
      { line: 4, cells: ['Übung 🚀', 2.5, null, false] },
    ]);
  });

  it('leaves out hidden rows and columns unless they are chosen, and says so', async () => {
    const row = (cells: string[], attributes = '') => `<row${attributes}>${cells.map(text).join('')}</row>`;
    const bytes = rawWorkbook({
      rows: [
        '<col min="2" max="2" hidden="1"/>',
        row(['Name', 'Pay', 'Size']),
        row(['Radio', '100', '3']),
        row(['Power', '200', '4'], ' hidden="1"'),
      ].join(''),
    });
    const { raw, table } = await read(bytes);
    expect(raw.lines.map(({ cells }) => cells)).toEqual([
      ['Name', null, 'Size'],
      ['Radio', null, '3'],
    ]);
    expect(table.notices.map(({ code, count, params }) => [code, count, params])).toEqual([
      ['hidden_rows', 1, {}],
      ['hidden_columns', 1, { columns: 'B' }],
    ]);
    const all = await read(bytes, { ...whole, hidden: true });
    expect(all.raw.lines[2]?.cells).toEqual(['Power', '200', '4']);
    expect(all.table.notices).toEqual([]);
  });

  it('is read just as another reader reads it', async () => {
    const cell = fc.oneof(
      fc
        .string({ minLength: 1, maxLength: 10 })
        .filter((one) => one.trim() === one && /^[\x20-\x7e]+$/.test(one) && !isMistaken(one)),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.boolean(),
      fc.constant(null),
    );
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        fc.pre(table.some((row) => row.some((one) => one !== null)));
        const bytes = await workbook({ One: [['Name', 'b', 'c'], ...table, ['last', 1, 2]] });
        const theirs = (await readExcelFile(bytes))[0]?.data ?? [];
        const ours = (await read(bytes)).raw.lines;
        for (const { line, cells } of ours) {
          const width = cells.length;
          expect(cells).toEqual(theirs[line - 1]?.slice(0, width));
        }
        expect(ours.length).toBe(theirs.filter((row) => row.some((one) => one !== null)).length);
      }),
      { numRuns: 25 },
    );
  });

  it('puts shared texts together from their parts, without how they are read aloud', async () => {
    const strings = `<si><t>Name</t></si><si><r><t>Flight </t></r><r><t xml:space="preserve">soft&amp;ware</t></r><rPh><t>furaito</t></rPh></si><si><t>a_x000D_b</t></si>`;
    const cells = [0, 1, 2, 9].map((index) => `<c t="s"><v>${index}</v></c>`).join('');
    expect(await cellsOf(rawWorkbook({ rows: `<row>${cells}</row>`, strings }))).toEqual([
      ['Name', 'Flight soft&ware', 'a\rb'],
    ]);
  });

  it('distinguishes dates and percentages from numbers by format', async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0&quot; days&quot;"/><numFmt numFmtId="166" formatCode="[Red]0%"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="166"/><xf numFmtId="22"/></cellXfs>`;
    const cells = [0, 1, 2, 3].map((style) => `<c s="${style}"><v>46157</v></c>`).join('');
    const others = '<c s="4"><v>0.15</v></c><c s="5"><v>0.125</v></c><c s="6"><v>46157.5625</v></c>';
    expect(await cellsOf(rawWorkbook({ rows: `<row>${cells}${others}</row>`, styles }))).toEqual([
      [46157, '2026-05-15', '2026-05-15', 46157, '15%', '12.5%', '2026-05-15 13:30'],
    ]);
    const old = rawWorkbook({
      rows: '<row><c s="1"><v>44695</v></c></row>',
      styles,
      properties: '<workbookPr date1904="1"/>',
    });
    expect(await cellsOf(old)).toEqual([['2026-05-15']]);
    expect([dateText(0.5, false), dateText(-1, false), dateText(9e9, false), dateText(61, false)]).toEqual([
      '12:00',
      null,
      null,
      '1900-03-01',
    ]);
  });

  it('is read with prefixed tags, other quotes, comments and gaps', async () => {
    const parts = rawParts({ rows: '' });
    parts['xl/worksheets/sheet1.xml'] = `<x:worksheet xmlns:x='y'><!-- <c> --><x:sheetData><x:row r='2'>
      <x:c r='C2' t='str'><x:v><![CDATA[a<b]]></x:v></x:c><x:c r="D2" note="a>b"><x:v>7</x:v></x:c></x:row><x:row r="5"/><x:row r="9"><x:c t="b"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const { raw } = await read(zip(parts), { sheet: 0, header: 0 });
    expect(raw.lines).toEqual([
      { line: 2, cells: [null, null, 'a<b', 7] },
      { line: 9, cells: [true] },
    ]);
  });
});

describe('other files than workbooks', () => {
  it('are distinguished from text, and older or locked workbooks get advice', async () => {
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    expect(await refusal(ole, 'old.xls')).toMatchObject({ reason: 'old_workbook' });
    expect(
      await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0]), 'picture.csv'),
    ).toMatchObject({
      reason: 'not_a_table',
    });
    expect(await refusal(Buffer.alloc(0), 'empty.csv')).toMatchObject({ reason: 'empty' });
    expect(await refusal(zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }))).toMatchObject({
      reason: 'not_a_table',
    });
    expect((await read(rawWorkbook({ rows: twoRows }), whole, 'named.csv')).format).toBe('xlsx');
  });

  it('is refused when it was cut off, wherever', async () => {
    const bytes = rawWorkbook({ rows: twoRows });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: bytes.length - 1 }), async (length) => {
        expect((await refusal(bytes.subarray(0, length))).reason).toBe('damaged_workbook');
      }),
      { numRuns: 40 },
    );
  });

  it('is refused before it inflates too far, even with false sizes', async () => {
    const parts = rawParts({ rows: `<row>${text('x')}</row>`.concat(' '.repeat(40 * 1024 * 1024)) });
    expect(await refusal(zip(parts))).toMatchObject({ reason: 'swells' });
    const lying = zip(parts, { sizes: { 'xl/worksheets/sheet1.xml': 1000 } });
    expect(await refusal(lying)).toMatchObject({ reason: 'damaged_workbook' });
  });

  it('is refused if its metadata is as large as a table', async () => {
    const parts = rawParts({ rows: twoRows });
    const noise = randomBytes(maxOutlineBytes / 2).toString('hex');
    parts['xl/styles.xml'] = `<styleSheet><n a="${noise}"/></styleSheet>`;
    expect(await refusal(zip(parts))).toMatchObject({ reason: 'swells' });
  });

  it('cannot make the program count to the end of the world', async () => {
    for (const rows of [
      `<row r="99999999999">${text('x')}</row>`,
      `<row r="5">${text('x')}</row><row r="5">${text('y')}</row>`,
      `<row r="-1">${text('x')}</row>`,
    ]) {
      expect(await refusal(rawWorkbook({ rows }))).toMatchObject({ reason: 'damaged_workbook' });
    }
    const far = '<row r="1"><c r="XFD1" t="str"><v>x</v></c></row>';
    expect(await refusal(rawWorkbook({ rows: far }))).toMatchObject({ reason: 'too_many_columns' });
    const endless = `<row r="1"><c r="${'Z'.repeat(500)}1" t="str"><v>x</v></c></row>`;
    expect(await refusal(rawWorkbook({ rows: endless }))).toMatchObject({ reason: 'too_many_columns' });
  });

  it('cannot make the program read one tag again and again', async () => {
    const tag = `<c r="A1" x="${'>'.repeat(9900)}"><v>7</v></c>`;
    const rows = (count: number): string =>
      `<row r="1">${tag.repeat(count)}</row><row r="2"><c><v>8</v></c></row>`;
    const raw = readCells(`<r>${rows(2000)}</r>`, 'a.xlsx', { strings: [], styles: [], from1904: false });
    const read = runSync(raw);
    expect(read.lines.map(({ cells }) => cells)).toEqual([[7], [8]]);
  });

  it('yields to others between any number of comments', () => {
    let turns = 0;
    const reading = readCells(`<r>${'<!-- some comment -->'.repeat(100_000)}</r>`, 'a.xlsx', {
      strings: [],
      styles: [],
      from1904: false,
    });
    while (!reading.next().done) turns += 1;
    expect(turns).toBeGreaterThan(30);
  });

  it('knows no entities but the five of XML, and looks nothing up', async () => {
    const parts = rawParts({ rows: '' });
    parts['xl/worksheets/sheet1.xml'] =
      `<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row>${text('&#65;&#x42;&amp;')}</row><row>${text('x')}</row></sheetData></worksheet>`;
    const { raw } = await read(zip(parts), { sheet: 0, header: 0 });
    expect(raw.lines[0]?.cells).toEqual(['AB&']);
    parts['xl/worksheets/sheet1.xml'] =
      `<!DOCTYPE x [<!ENTITY a "boom">]><worksheet><sheetData><row>${text('&a;')}</row></sheetData></worksheet>`;
    expect(await refusal(zip(parts))).toMatchObject({ reason: 'damaged_workbook' });
  });
});
