import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '#core/import/table/read/read.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { zip } from '#test/support/zip.ts';
import { stillClock } from '../support.ts';
import { refusedWith } from '../workspace.ts';

let folder = '';
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => removeFolder(folder));

function read(content: string | Buffer, name: string) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readTable({ input: { path }, layout: { sheet: null, header: null } }, { clock: stillClock });
}
const cellsOf = async (content: string, name: string) =>
  (await read(content, name)).raw.lines.map(({ cells }) => cells);

describe('a web page', () => {
  it('has the rows of its largest table, with entities decoded and markup left out', async () => {
    const page = `<html><head><style>td { color: red }</style></head><body><table><tr><td>Menu</td></tr></table>
      <TABLE border=1><thead><tr><th>Name<th>Team</thead><!-- <tr><td>no</td></tr> -->
      <tr><td class="a">M&uuml;ller &amp; S&#246;hne</td><td><b>Op</b>tics<br>two</td></tr>
      <tr><td colspan="2">Both</td></tr></TABLE></body></html>`;
    expect(await cellsOf(page, 'export.xls')).toEqual([
      ['Name', 'Team'],
      ['Müller & Söhne', 'Optics two'],
      ['Both', null],
    ]);
  });
});

describe('records as JSON', () => {
  const rows = [
    ['name', 'teams', 'size', 'more'],
    ['Ida', 'Optics; Power', null, null],
    ['Jon', null, 3, '{"a":1}'],
  ];

  it('are rows of a table: a list', async () => {
    const text =
      '[{"name": "Ida", "teams": ["Optics", "Power"]}, {"name": "Jon", "size": 3, "more": {"a": 1}}]';
    expect(await cellsOf(text, 'list.json')).toEqual(rows);
  });

  it('are rows of a table: one on each line', async () => {
    const text =
      '{"name": "Ida", "teams": ["Optics", "Power"]}\n\n{"name": "Jon", "size": 3, "more": {"a": 1}}\n';
    expect(await cellsOf(text, 'lines.jsonl')).toEqual(rows);
    const { code, data } = await refusedWith(read(`${text}{"name": \n`, 'broken.jsonl'));
    expect([code, data.reason, data.line]).toEqual(['BAD_FILE', 'not_json', 4]);
  });
});

it('a number of more digits than a number holds stays text in records as JSON', async () => {
  const record = '{"name": "Ida", "badge": 12345678901234567890, "size": 3}';
  const rows = [
    ['name', 'badge', 'size'],
    ['Ida', '12345678901234567890', 3],
  ];
  expect(await cellsOf(`[${record}]`, 'digits.json')).toEqual(rows);
  expect((await cellsOf(`${record}\n${record}\n`, 'digits.jsonl')).slice(0, 2)).toEqual(rows);
});

describe('a table of another program is refused by the name of its format', () => {
  const ods = zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' });
  it.each([
    ['roster.ods', ods, 'OpenDocument (.ods)'],
    [
      'roster.xls',
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
      'Excel XML 2003',
    ],
    ['roster.csv', '%PDF-1.7\n', 'PDF'],
  ])('%s', async (name, content, format) => {
    const { code, data } = await refusedWith(read(content, name));
    expect([code, data.reason, JSON.stringify(data.values).includes(format)]).toEqual([
      'BAD_FILE',
      'not_a_table',
      true,
    ]);
  });
});
