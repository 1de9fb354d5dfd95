import { describe, expect, it } from 'vitest';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { workspaceForEach } from '../workspace.ts';
import { bringText, tryText } from './support.ts';

const workspace = workspaceForEach();

const startsAs = (...starts: readonly string[]): string =>
  ['Team name\tStart', ...starts.map((start, at) => `Team ${at + 1}\t${start}`)].join('\n');
const mixed = startsAs('2025-01-10', '2025-02-11', '05/03/2025', '2025-04-01', 'soon', '');

const slashes = (order: 'day_first' | 'month_first') => ({ 1: { '/': order } });

const told = (problems: readonly SheetProblem[]) =>
  problems.map(({ code, field, value, action, lines }) => ({ code, field, value, action, lines }));

async function starts(): Promise<unknown[]> {
  const sort = [{ field: 'name', direction: 'asc' as const }];
  const { rows } = await workspace.client.entities.list({ type: 'team', limit: 100, sort });
  return rows.map(({ payload }) => payload.Start);
}
const kinds = () => workspace.client.entities.customFields({ type: 'team' });

describe('a column of dates that FRAMES has no field for', () => {
  it('is a custom date field, and reports invalid values', async () => {
    const { preview } = await tryText(workspace, mixed);
    expect(preview.date_columns).toEqual([{ column: 1, days: 3, others: 2 }]);
    expect(told(preview.problems)).toEqual([
      { code: 'date_order', field: 'Start', value: '05/03/2025', action: 'kept', lines: [4] },
      { code: 'not_a_date', field: 'Start', value: 'soon', action: 'kept', lines: [6] },
    ]);
    expect(preview.problems[0]?.suggestions).toEqual([
      { value: 'day_first', label: '05/03/2025' },
      { value: 'month_first', label: '05/03/2025' },
    ]);
    expect(preview.sample[2]?.flagged).toEqual(['Start']);
    await bringText(workspace, mixed);
    expect(await starts()).toEqual([
      '2025-01-10',
      '2025-02-11',
      '05/03/2025',
      '2025-04-01',
      'soon',
      undefined,
    ]);
    expect(await kinds()).toEqual([{ name: 'Start', kind: 'date' }]);
  });

  it('is a text field if at least half of its values are no days', async () => {
    const even = await tryText(workspace, startsAs('2025-01-10', '05/03/2025', 'soon', 'later'));
    expect(even.preview).toMatchObject({ problems: [], date_columns: [] });
    const more = await tryText(
      workspace,
      startsAs('2025-01-10', '05/03/2025', '2025-04-01', 'soon', 'later'),
    );
    expect(more.preview.date_columns).toMatchObject([{ column: 1 }]);
  });

  it('is read in the chosen order, and by corrections of single values', async () => {
    const values = [{ column: 1, value: 'soon', becomes: '2025-09-01' }];
    const { preview } = await tryText(workspace, mixed, { dates: slashes('day_first'), values });
    expect(preview).toMatchObject({ problems: [], date_columns: [{ column: 1, days: 5, others: 0 }] });
    await bringText(workspace, mixed, { dates: slashes('day_first'), values });
    expect((await starts())[2]).toBe('2025-03-05');
    expect(await kinds()).toEqual([{ name: 'Start', kind: 'date' }]);
  });

  it('is asked about once if all of it is ambiguous, without a guess', async () => {
    const figures = startsAs('03/04/2025', '04/05/2025', '05/12/2025', '03/04/2025');
    const { preview } = await tryText(workspace, figures);
    expect(told(preview.problems)).toEqual([
      { code: 'date_order', field: 'Start', value: '03/04/2025', action: 'kept', lines: [2, 3, 4, 5] },
    ]);
    expect(preview.problems[0]?.suggestions).toEqual([
      { value: 'day_first', label: '03/04/2025' },
      { value: 'month_first', label: '03/04/2025' },
    ]);
    await bringText(workspace, figures, { dates: slashes('day_first') });
    expect(await starts()).toEqual(['2025-04-03', '2025-05-04', '2025-12-05', '2025-04-03']);
  });

  it('is read by a value with only one possible order, as reported; contradicting ones are asked about', async () => {
    const american = startsAs('03/04/2025', '12/25/2025', '2025-01-01');
    const { preview } = await tryText(workspace, american);
    expect(told(preview.problems)).toEqual([
      { code: 'date_read', field: 'Start', value: '03/04/2025', action: 'converted', lines: [2, 3] },
    ]);
    expect(preview.problems[0]).toMatchObject({
      becomes: '2025-03-04',
      suggestions: [
        { value: 'day_first', label: '03/04/2025' },
        { value: 'month_first', label: '03/04/2025' },
      ],
    });
    await bringText(workspace, american);
    expect(await starts()).toEqual(['2025-03-04', '2025-12-25', '2025-01-01']);
    const both = startsAs('03/04/2025', '12/25/2025', '25/12/2025');
    expect(told((await tryText(workspace, both)).preview.problems)).toEqual([
      { code: 'date_order', field: 'Start', value: '03/04/2025', action: 'kept', lines: [2, 3, 4] },
    ]);
    // What cannot be read so is no date, whatever else it could be.
    const chosen = await tryText(workspace, both, { dates: slashes('month_first') });
    expect(told(chosen.preview.problems)).toEqual([
      { code: 'not_a_date', field: 'Start', value: '25/12/2025', action: 'kept', lines: [4] },
    ]);
  });

  it('has an order for each notation: with dots the day is first, whatever applies to slashes', async () => {
    const two = startsAs('03/04/2025', '12.11.2023', '15.03.2024', '2025-01-01', '04-05-2025');
    const { preview } = await tryText(workspace, two);
    expect(told(preview.problems)).toEqual([
      { code: 'date_order', field: 'Start', value: '03/04/2025', action: 'kept', lines: [2] },
      { code: 'date_order', field: 'Start', value: '04-05-2025', action: 'kept', lines: [6] },
      { code: 'date_read', field: 'Start', value: '12.11.2023', action: 'converted', lines: [3, 4] },
    ]);
    expect(preview.date_columns).toMatchObject([{ days: 3, others: 2 }]);
    await bringText(workspace, two, { dates: { 1: { '/': 'month_first', '-': 'day_first' } } });
    expect(await starts()).toEqual(['2025-03-04', '2023-11-12', '2024-03-15', '2025-01-01', '2025-05-04']);
    // Only where it cannot be, or is said otherwise, the month is.
    const turned = startsAs('03.15.2024', '04.05.2024');
    expect((await tryText(workspace, turned)).preview.problems).toMatchObject([
      { value: '04.05.2024', becomes: '2024-04-05' },
    ]);
    const said = await tryText(workspace, startsAs('04.05.2024'), { dates: { 1: { '.': 'month_first' } } });
    expect(said.preview).toMatchObject({ problems: [], sample: [{ payload: { Start: '2024-04-05' } }] });
  });

  it('is a date column only if most of its values are days: other values stay as they are', async () => {
    const { preview } = await tryText(workspace, startsAs('soon', '03/04/2025', 'later', '1.2.3'));
    expect(preview).toMatchObject({ problems: [], date_columns: [] });
    const versions = await tryText(workspace, startsAs('1.2.24', '1.3.24'), { dates: { 1: 'none' } });
    expect(versions.preview).toMatchObject({ problems: [], date_columns: [] });
    // Rows that are left out do not count.
    const fewer = await tryText(workspace, startsAs('soon', '2025-04-03', 'later'), { skip: [2, 4] });
    expect(fewer.preview.date_columns).toEqual([{ column: 1, days: 1, others: 0 }]);
  });
});

describe('a column of a date field', () => {
  const columns = ['name', 'graduated_at'].map((field) => ({ to: 'field' as const, field }));
  const student = { type: 'student' as const, columns };
  const daysAs = (...days: readonly string[]): string =>
    ['Student\tGraduated', ...days.map((day, at) => `Student ${at + 1}\t${day}`)].join('\n');
  const read = async (text: string, other = {}) => {
    const { preview } = await tryText(workspace, text, { ...student, ...other });
    const days = preview.sample.map(({ payload }) => payload.graduated_at);
    return { problems: told(preview.problems), days, preview };
  };
  const field = 'graduated_at';

  it('is read by an unambiguous value; other texts are kept and listed, and times accepted', async () => {
    const text = daysAs(
      '15.12.2025',
      '03.11.2026',
      '13/11/2026',
      '03/11/2026',
      'last Tuesday',
      '2026-03-05 14:30',
    );
    const { problems, days, preview } = await read(text);
    expect(problems).toEqual([
      { code: 'not_a_date', field, value: 'last Tuesday', action: 'kept', lines: [6] },
      { code: 'date_read', field, value: '03.11.2026', action: 'converted', lines: [2, 3] },
      { code: 'date_read', field, value: '03/11/2026', action: 'converted', lines: [4, 5] },
    ]);
    expect(days).toEqual([
      '2025-12-15',
      '2026-11-03',
      '2026-11-13',
      '2026-11-03',
      'last Tuesday',
      '2026-03-05 14:30',
    ]);
    expect(preview).toMatchObject({ date_columns: [], problems: [{ weight: 'decide' }, {}, {}] });
    expect(preview.sample[4]?.flagged).toEqual([field]);
    const values = [{ column: 1, value: 'last Tuesday', becomes: 'last Tuesday', create: true }];
    expect((await read(text, { values })).problems.map(({ code }) => code)).toEqual([
      'date_read',
      'date_read',
    ]);
  });

  it('is asked about if no value shows the order, and read in the chosen one', async () => {
    const text = daysAs('03/11/2026', '04/11/2026');
    const { problems, days, preview } = await read(text);
    expect(problems).toEqual([
      { code: 'date_order', field, value: '03/11/2026', action: 'kept', lines: [2, 3] },
    ]);
    expect(preview.problems[0]?.suggestions.map(({ value }) => value)).toEqual(['day_first', 'month_first']);
    expect(days).toEqual(['03/11/2026', '04/11/2026']);
    const said = await read(text, { dates: slashes('month_first') });
    expect(said).toMatchObject({ problems: [], days: ['2026-03-11', '2026-04-11'] });
    // A date field has dates, whatever is said.
    expect((await read(text, { dates: { 1: 'none' } })).problems).toEqual(problems);
  });

  it('reads unambiguous days, even if values contradict each other', async () => {
    const text = daysAs('03/04/2025', '12/25/2025', '25/12/2025', '2026-11-31');
    const { problems, days } = await read(text);
    expect(problems).toEqual([
      { code: 'not_a_date', field, value: '2026-11-31', action: 'empty', lines: [5] },
      { code: 'date_order', field, value: '03/04/2025', action: 'kept', lines: [2] },
      { code: 'converted', field, value: '12/25/2025', action: 'converted', lines: [3] },
      { code: 'converted', field, value: '25/12/2025', action: 'converted', lines: [4] },
    ]);
    expect(days).toEqual(['03/04/2025', '2025-12-25', '2025-12-25', undefined]);
  });
});

describe('a heading whose letters can be written in two ways', () => {
  it('is one name however it is written', async () => {
    const heading = 'Bu\u0308ro';
    await bringText(workspace, `Team name\t${heading}\nA\t1\n`);
    await bringText(workspace, `Team name\t${heading.normalize('NFC')}\nB\t2\n`);
    expect(await kinds()).toEqual([{ name: 'B\u00fcro', kind: 'number' }]);
  });

  it('matches the existing value, even if stored in the other order', async () => {
    const heading = 'Bu\u0308ro';
    await workspace.client.entities.create({ type: 'team', data: { name: 'A', [heading]: '1' } });
    const text = `Team name\t${heading.normalize('NFC')}\nA\t3\nB\t2\n`;
    await bringText(workspace, text, { matching: 'update' });
    expect(await kinds()).toEqual([{ name: heading, kind: 'number' }]);
    // As a mapping of an earlier time names it, too.
    const columns = (name: string) => [
      { to: 'field' as const, field: 'name' },
      { to: 'own' as const, name },
    ];
    for (const name of [heading, heading.normalize('NFC')])
      await bringText(workspace, text, { type: 'team', columns: columns(name), matching: 'update' });
    expect(await kinds()).toEqual([{ name: heading, kind: 'number' }]);
  });
});
