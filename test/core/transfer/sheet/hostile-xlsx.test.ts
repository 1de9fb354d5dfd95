import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SheetLayout } from '#shared/contract/sheets.ts';
import { maxMerges, maxSheets, maxSharedTexts, maxCellFormats } from '#core/import/table/read/limits.ts';
import { readTable } from '#core/import/table/read/read.ts';
import type { SheetFile } from '#core/import/table/read/read.ts';
import { readCells } from '#core/import/table/read/sheet-cells.ts';
import { toTable } from '#core/import/table/read/table.ts';
import { openZip } from '#core/kernel/files/zip.ts';
import { readStrings } from '#core/import/table/read/workbook.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { rawParts, rawWorkbook } from '#test/support/workbook.ts';
import { zip } from '#test/support/zip.ts';
import { runSync } from '#core/kernel/progress.ts';
import { faultOf, stillClock } from '../support.ts';
import { refusedWith } from '../workspace.ts';

let folder = '';
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => removeFolder(folder));

const whole: SheetLayout = { sheet: null, header: null };

function read(bytes: Buffer, layout: SheetLayout = whole): Promise<SheetFile> {
  const path = join(folder, 'table.xlsx');
  writeFileSync(path, bytes);
  return readTable({ input: { path }, layout }, { clock: stillClock });
}

/** How reading ends: with a table, or the code that it is refused with. Anything else is a fault of ours. */
const outcome = (bytes: Buffer): Promise<string> =>
  read(bytes).then(
    () => 'read',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const refusal = (bytes: Buffer) => refusedWith(read(bytes));

const cell = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const rows = `<row>${cell('Name')}${cell('Size')}</row><row>${cell('Radio')}<c s="1"><v>3</v></c></row>`;
const strings = '<si><t>Name</t></si>';
const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
const parts = () => rawParts({ rows, strings, styles });
const names = Object.keys(parts());

describe('an incomplete or false workbook', () => {
  it.each(names)('is read or refused without %s', async (name) => {
    const { [name]: _, ...others } = parts();
    expect(['read', 'BAD_FILE']).toContain(await outcome(zip(others)));
  });

  it('names the file and the problem', async () => {
    const { 'xl/worksheets/sheet1.xml': _, ...without } = parts();
    expect((await refusal(zip(without))).message).toBe('table.xlsx has no rows: it has no sheet with cells.');
    const { 'xl/workbook.xml': __, ...none } = parts();
    expect((await refusal(zip(none))).message).toMatch(
      /^table\.xlsx is corrupt: it is not an Excel workbook/,
    );
    const big = zip(parts(), { sizes: { 'xl/worksheets/sheet1.xml': 0xffff_ffff } });
    expect((await refusal(big)).message).toBe(
      'table.xlsx is too large when unpacked: it has 4096 MB, and the limit is 256 MB.',
    );
    expect((await refusal(zip(parts()).subarray(0, 300))).message).toMatch(
      /^table\.xlsx is corrupt: its end/,
    );
  });

  it('is read or refused if a part declares another size', async () => {
    const size = fc.oneof(
      fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff),
      fc.integer({ min: 0, max: 5000 }),
    );
    const lies = fc.dictionary(fc.constantFrom(...names), size, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(lies, async (sizes) => {
        expect(['read', 'BAD_FILE']).toContain(await outcome(zip(parts(), { sizes })));
      }),
      { numRuns: 60 },
    );
  });

  it('is read or refused when its directory or a part is overwritten', async () => {
    const bytes = zip(parts());
    const blow = fc.record({
      at: fc.integer({ min: 4, max: bytes.length - 1 }),
      with: fc.uint8Array({ minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(blow, { minLength: 1, maxLength: 3 }), async (blows) => {
        const changed = Buffer.from(bytes);
        for (const one of blows) changed.set(one.with.subarray(0, changed.length - one.at), one.at);
        expect(['read', 'BAD_FILE']).toContain(await outcome(changed));
      }),
      { numRuns: 150 },
    );
  });

  it('is read or refused whatever tags it is made of', async () => {
    const piece = fc.constantFrom(
      '<row r="2">',
      '<row r="0x7">',
      '<row>',
      '</row>',
      '<c r="A1" t="s">',
      '<c t="s">',
      '<c r="ZZZZZZ9">',
      '<c s="99999">',
      '</c>',
      '<v>',
      '</v>',
      '-1',
      '1e999',
      '99999999999',
      '<is>',
      '<t>',
      '</t>',
      '<rPh>',
      '<f>',
      '&#xD800;',
      '&amp;&lol;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?x',
      '<',
      '>',
      '"',
      'x',
      '<si>',
      '</si>',
      '_xD83D_',
      '<sheet r:id="r1" name="',
      '/>',
    );
    const soup = fc.array(piece, { maxLength: 40 }).map((all) => all.join(''));
    const soups = fc.dictionary(fc.constantFrom(...names), soup, { minKeys: 1, maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(soups, async (other) => {
        const made = parts();
        for (const [name, text] of Object.entries(other)) made[name] = `${made[name]?.slice(0, 40)}${text}`;
        expect(['read', 'BAD_FILE']).toContain(await outcome(zip(made)));
        const { [names[0] ?? '']: _, ...some } = other;
        for (const [name, text] of Object.entries(some)) made[name] = text;
        expect(['read', 'BAD_FILE']).toContain(await outcome(zip(made)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a workbook that was made to take long', () => {
  it('has a format with many conditions', async () => {
    const code = '['.repeat(400_000);
    const other = `<numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`;
    const { raw } = await read(rawWorkbook({ rows, styles: other }));
    expect(raw.lines[1]?.cells).toEqual(['Radio', 3]);
  });

  it('has more formats than any', async () => {
    const many = `<cellXfs>${'<xf numFmtId="14"/>'.repeat(200_000)}</cellXfs>`;
    const last = `${rows}<row>${cell('Power')}<c s="1"><v>45000</v></c><c s="${maxCellFormats}"><v>3</v></c></row>`;
    const { raw } = await read(rawWorkbook({ rows: last, styles: many }));
    // What is beyond the last that is known is a plain number.
    expect(raw.lines[2]?.cells).toEqual(['Power', '2023-03-15', 3]);
  });

  it('names one sheet again and again', async () => {
    const made = parts();
    const sheet = '<sheet name="One" sheetId="1" r:id="r1"/>';
    made['xl/workbook.xml'] = `<workbook><sheets>${sheet.repeat(maxSheets + 1)}</sheets></workbook>`;
    expect((await refusal(zip(made))).message).toContain(
      `more than ${maxSheets.toLocaleString('en-US')} sheets`,
    );
  });

  it('has parts each of which is small enough, and all together are not', async () => {
    const megabyte = 1024 * 1024;
    const archive = openZip(
      zip({ a: ' '.repeat(megabyte), b: ' '.repeat(megabyte) }),
      'a.xlsx',
      3 * megabyte,
    );
    for (const name of ['a', 'b', 'a']) expect(archive.text(name)).toHaveLength(megabyte);
    const { data, message } = faultOf(() => archive.text('b'));
    expect(data).toMatchObject({ reason: 'swells' });
    expect(message).toBe('a.xlsx is too large when unpacked: it has 4 MB, and the limit is 3 MB.');
  });

  it('has more texts than can be held', () => {
    const text = `<sst>${'<si/>'.repeat(maxSharedTexts + 1)}</sst>`;
    expect(faultOf(() => runSync(readStrings(text, 'a.xlsx'))).message).toContain(
      `more than ${maxSharedTexts.toLocaleString('en-US')}`,
    );
  });

  it('repeats one long text, which each record would contain', () => {
    const strings = ['x'.repeat(32_767)];
    const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(250)}</row>`;
    const reading = readCells(`<r>${row.repeat(40)}</r>`, 'a.xlsx', { strings, styles: [], from1904: false });
    const { data, message } = faultOf(() => runSync(reading));
    expect(data).toMatchObject({ reason: 'too_large', line: 33 });
    expect(message).toContain('more than 256 MB of text');
  });

  it('merges the same cells again and again', () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => ({
      line: at + 1,
      cells: [at === 1 ? 'x' : null, 1],
    }));
    lines[0] = { line: 1, cells: ['Name', 'Size'] };
    const merges = Array.from({ length: maxMerges }, () => ({
      line: 2,
      lastLine: 100_000,
      column: 0,
      lastColumn: 0,
    }));
    const began = performance.now();
    const { rows: filled } = toTable({ lines, merges, notices: [], decimalComma: false }, 1);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(filled.every(({ cells }) => cells[0] === 'x')).toBe(true);
  });

  it('fills merged cells in whatever order the file has them', () => {
    const lines = ['Name', 'a', null, 'b', null].map((name, at) => ({ line: at + 1, cells: [name, 1] }));
    const merge = (line: number, last: number) => ({ line, lastLine: last, column: 0, lastColumn: 0 });
    const sheet = { lines, merges: [merge(4, 5), merge(2, 3)], notices: [], decimalComma: false };
    expect(toTable(sheet, 1).rows.map(({ cells }) => cells[0])).toEqual(['a', 'a', 'b', 'b']);
  });

  it('nests its tags deeper than any', async () => {
    const deep = '<x>'.repeat(200_000) + '</x>'.repeat(200_000);
    expect(
      (await read(rawWorkbook({ rows: `${deep}${rows}`, strings: deep, styles: deep }))).table.rows,
    ).toHaveLength(1);
  });

  it('has a text of entities without end, of which a cell holds the beginning', () => {
    const text = '&amp;'.repeat(200_000);
    const { lines } = runSync(
      readCells(`<row><c t="str"><v>${text}</v></c></row>`, 'a.xlsx', {
        strings: [],
        styles: [],
        from1904: false,
      }),
    );
    expect(lines[0]?.cells).toEqual(['&'.repeat(32_767)]);
    const [shared] = runSync(readStrings(`<si><t><![CDATA[${text}]]></t><t>${text}</t></si>`, 'a.xlsx'));
    expect(shared?.length).toBeLessThan(300_000);
  });
});

describe('half a character', () => {
  it('is never read: the value of a cell can be written and compared', async () => {
    const half = `<row>${cell('Name')}</row><row>${cell('ab_xDE80_')}</row><row>${cell(`${'x'.repeat(32_766)}🚀`)}</row>`;
    const { raw } = await read(rawWorkbook({ rows: half }));
    for (const { cells } of raw.lines) expect(String(cells[0]).isWellFormed()).toBe(true);
    expect(String(raw.lines[2]?.cells[0])).toHaveLength(32_766);
  });
});
