import { describe, expect, test } from 'vitest';
import { forCases } from './support.ts';

const { imported, json, at } = forCases();

const problem = (code: string, more: Record<string, unknown> = {}): unknown =>
  expect.arrayContaining([expect.objectContaining({ code, ...more })]);

describe('rows that are no records', () => {
  test('are left out and told of: headings, totals and footers of parts (case 15)', async () => {
    const { report, titles } = await imported('15-section-and-footer-rows.xlsx', '--type', 'student');
    expect(await titles('student')).toEqual(['Ada', 'Ben', 'Cleo']);
    expect(report).toMatchObject({
      skipped: 4,
      problem_list: expect.arrayContaining([
        expect.objectContaining({ code: 'section_row', value: 'UNDERGRADUATES' }),
        expect.objectContaining({ code: 'section_row', value: 'GRADUATES' }),
        expect.objectContaining({ code: 'section_row', value: 'Last updated by office, 3 May' }),
        expect.objectContaining({ code: 'total_row', value: 'Total' }),
      ]) as unknown,
    });
  });
});

test('a column that says what each row is decides the type of each (case 16)', async () => {
  const { workspace, list, titles } = await imported(
    '16-type-per-row.xlsx',
    '--sheet',
    'Elements',
    '--sheet',
    'Connections',
  );
  expect([await titles('team'), await titles('student'), await titles('project')]).toEqual([
    ['Avionics'],
    ['Ada Novak'],
    ['CubeOne'],
  ]);
  expect((await list('interface', 'id')).map(({ title }) => title)).toHaveLength(2);
  expect(await json('verify', '--workspace', workspace)).toMatchObject({ ok: true });
});

test('placeholders are empty, and told of (case 17)', async () => {
  const { report, titles, list } = await imported('17-placeholders.csv', '--type', 'student');
  expect(await titles('team')).toEqual([]);
  expect(await titles('university')).toEqual(['Alpha U']);
  const values = (await list('student')).map(({ payload }) => [payload.terms_remaining, payload.is_lead]);
  expect(values).toEqual([
    [3, true],
    [2, false],
    [undefined, true],
    [undefined, true],
    [undefined, false],
    // Terms are whole numbers.
    [undefined, true],
  ]);
  for (const value of ['N/A', '-', 'TBD', 'None', '(blank)', 'n/a', 'NULL', 'NaN', '?', 'none'])
    expect(report.problem_list).toEqual(problem('placeholder', { value }));
});

test('several names in a cell are asked about (case 18)', async () => {
  const { report, titles } = await imported('18-several-teams-in-a-cell.csv', '--type', 'student');
  expect(await titles('team')).toEqual(['Avionics']);
  for (const value of ['Avionics, Thermal', 'Avionics; Ground'])
    expect(report.problem_list).toEqual(problem('several_names', { value, action: 'empty' }));
});
