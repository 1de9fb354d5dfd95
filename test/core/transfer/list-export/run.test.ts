import { existsSync, readdirSync, readFileSync } from 'node:fs';
import papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportListInput, ExportListResult } from '#shared/contract/export-list.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { completed } from '#core/kernel/progress.ts';
import { readTable } from '#core/import/table/read.ts';
import { stillClock } from '../support.ts';
import { drain, hastyClock, importFile, fixtureFile, makeWorkspace, refusedWith } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await makeWorkspace(hastyClock());
  await importFile(workspace, fixtureFile);
});
afterEach(() => workspace.dispose());

type Wanted = Omit<ExportListInput, 'grant' | 'type'> & { type?: ExportListInput['type'] };

async function exportTo(path: string, wanted: Wanted, signal?: AbortSignal) {
  const grant = workspace.core.grants.issue(path, 'write');
  return drain<ExportListResult>(
    await workspace.client.transfer.exportList({ type: 'team', ...wanted, grant }, signal ? { signal } : {}),
  );
}

const csvOf = (path: string): string[][] =>
  papa.parse<string[]>(readFileSync(path, 'utf8').slice(1), { skipEmptyLines: true }).data;

async function teams(part: object = {}): Promise<EntityRecord[]> {
  return (await workspace.client.entities.list({ type: 'team', limit: 1000, ...part })).rows;
}

const columns = [
  { key: 'name', label: 'Name' },
  { key: 'discipline', label: 'Discipline', values: { software: 'Software!' } },
  { key: 'size', label: 'Size' },
  { key: 'links', label: 'Links' },
];

describe('an exported list', () => {
  it('has own fields as they are stored, in the order of one of them', async () => {
    const { create } = workspace.client.entities;
    await create({ type: 'team', data: { name: 'A', Room: '007', Cost: 12, Kept: true, name_: { a: 1 } } });
    await create({ type: 'team', data: { name: 'B', Cost: 9.5, Kept: false } });
    const path = workspace.path('own.csv');
    const own = ['Room', 'Cost', 'Kept', 'name_'].map((name) => ({ key: `own:${name}`, label: name }));
    await exportTo(path, {
      format: 'csv',
      columns: [{ key: 'name', label: 'Name' }, ...own, { key: 'own:nobody', label: 'Nobody' }],
      filters: [{ field: 'own:Cost', op: 'not_empty' }],
      sort: [{ field: 'own:Cost', direction: 'asc' }],
    });
    expect(csvOf(path)).toEqual([
      ['Name', 'Room', 'Cost', 'Kept', 'name_', 'Nobody'],
      ['B', '', '9.5', 'no', '', ''],
      ['A', '007', '12', 'yes', '{"a":1}', ''],
    ]);
    const wrong = exportTo(path, { format: 'csv', columns: [{ key: 'own:name', label: 'Name' }] });
    expect(await refusedWith(wrong)).toMatchObject({ code: 'INVALID' });
  });

  it('has the days of own fields as dates in a workbook, which come back as they were', async () => {
    const { create } = workspace.client.entities;
    await create({ type: 'team', data: { name: 'A', Start: '2025-03-15' } });
    await create({ type: 'team', data: { name: 'B', Start: 'soon' } });
    const wanted = {
      columns: [
        { key: 'name', label: 'Name' },
        { key: 'own:Start', label: 'Start' },
      ],
      filters: [{ field: 'own:Start', op: 'not_empty' as const }],
      sort: [{ field: 'name', direction: 'asc' as const }],
    };
    const [xlsx, csv] = [workspace.path('days.xlsx'), workspace.path('days.csv')];
    await exportTo(xlsx, { ...wanted, format: 'xlsx' });
    await exportTo(csv, { ...wanted, format: 'csv' });
    expect((await readSheet(xlsx)).slice(1)).toEqual([
      ['A', new Date(Date.UTC(2025, 2, 15))],
      ['B', 'soon'],
    ]);
    expect(csvOf(csv).slice(1)).toEqual([
      ['A', '2025-03-15'],
      ['B', 'soon'],
    ]);
    const read = await completed(
      readTable({ input: { path: xlsx }, layout: { sheet: null, header: null }, clock: stillClock }),
    );
    expect(read.table.rows.map(({ cells }) => cells[1])).toEqual(['2025-03-15', 'soon']);
  });

  it('as CSV is the list: its rows in their order, its columns in theirs', async () => {
    await workspace.client.entities.create({ type: 'team', data: { name: '=SUM(A1)', size: 3 } });
    const sort = [{ field: 'name', direction: 'desc' as const }];
    const path = workspace.path('teams.csv');
    const { result } = await exportTo(path, { format: 'csv', columns, sort });
    const listed = await teams({ sort });
    expect(result).toEqual({
      file: 'teams.csv',
      bytes: readFileSync(path).length,
      rows: listed.length,
      columns: 4,
      cut: 0,
    });
    const cell = (value: unknown): string =>
      value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    expect(csvOf(path)).toEqual([
      ['Name', 'Discipline', 'Size', 'Links'],
      ...listed.map(({ title, payload, derived }) => [
        title === '=SUM(A1)' ? "'=SUM(A1)" : title,
        payload.discipline === 'software' ? 'Software!' : cell(payload.discipline),
        cell(payload.size),
        cell(derived.links),
      ]),
    ]);
  });

  it('as a spreadsheet is the list, with numbers and moments as such', async () => {
    const path = workspace.path('teams.xlsx');
    const asked = [...columns, { key: 'updated_at', label: 'Changed' }];
    const words = { zone: 'Asia/Tokyo', sheet: 'Teams' };
    const { result } = await exportTo(path, { format: 'xlsx', columns: asked, words });
    const listed = await teams();
    expect(result).toMatchObject({ rows: listed.length, columns: 5, bytes: readFileSync(path).length });
    const rows = await readSheet(path);
    expect(rows[0]).toEqual(['Name', 'Discipline', 'Size', 'Links', 'Changed']);
    expect(rows.slice(1).map((row) => row.slice(0, 4))).toEqual(
      listed.map(({ title, payload, derived }) => [
        title,
        payload.discipline === 'software' ? 'Software!' : (payload.discipline ?? null),
        payload.size ?? null,
        derived.links ?? null,
      ]),
    );
    const nineHours = 9 * 3_600_000;
    for (const [index, row] of rows.slice(1).entries()) {
      const shown = (row[4] as unknown as Date).getTime();
      const wanted = Date.parse(listed[index]?.updated_at ?? '') + nineHours;
      expect(Math.abs(shown - wanted)).toBeLessThan(1000);
    }
  });

  it('holds what matches search and filters, or of that what was picked', async () => {
    const [one, two] = await teams();
    const path = workspace.path('some.csv');
    const narrowed = {
      filters: [{ field: 'discipline', op: 'is' as const, value: one?.payload.discipline ?? '' }],
    };
    await exportTo(path, { format: 'csv', columns: [{ key: 'id', label: 'Id' }], ...narrowed });
    expect(csvOf(path).slice(1).flat()).toEqual((await teams(narrowed)).map(({ id }) => id));
    const ids = [two?.id ?? '', one?.id ?? '', 'nobody'];
    await exportTo(path, { format: 'csv', columns: [{ key: 'id', label: 'Id' }], ids });
    expect(csvOf(path).slice(1).flat()).toEqual([one?.id, two?.id]);
    const except = [one?.id ?? ''];
    await exportTo(path, { format: 'csv', columns: [{ key: 'id', label: 'Id' }], except });
    expect(csvOf(path).slice(1).flat()).toEqual((await teams()).map(({ id }) => id).slice(1));
    await exportTo(path, { format: 'csv', columns: [{ key: 'title', label: '' }], search: one?.title ?? '' });
    expect(csvOf(path)[0]).toEqual(['title']);
    expect(csvOf(path).flat()).toContain(one?.title);
  });

  it('names references by title or by id, and says yes and no; raw it is as stored', async () => {
    const { client } = workspace;
    await client.entities.create({ type: 'university', id: 'u', data: { name: 'Summit', is_lead: true } });
    const student = { name: 'S', university_id: 'u', team_id: 'team_1', is_lead: true, terms_remaining: 1 };
    await client.entities.create({ type: 'student', data: { ...student, nested: 1 } });
    const asked = [
      { key: 'university_id', label: 'University' },
      { key: 'university_id', label: 'University (id)', id: true },
      { key: 'is_lead', label: 'Lead' },
      { key: 'status', label: 'Status' },
      { key: 'deleted_at', label: 'Deleted' },
    ];
    const path = workspace.path('s.csv');
    const words = { yes: 'ja', no: 'nein' };
    await exportTo(path, { type: 'student', format: 'csv', columns: asked, words });
    expect(csvOf(path)[1]).toEqual(['Summit', 'u', 'ja', 'outgoing', '']);
    await exportTo(path, { type: 'student', format: 'csv', columns: asked, words, raw: true });
    expect(csvOf(path)[1]).toEqual(['u', 'u', 'true', 'outgoing', '']);
    const ends = [
      { key: 'from', label: 'From' },
      { key: 'is_cross_university', label: 'Across' },
    ];
    await exportTo(path, { type: 'interface', format: 'csv', columns: ends });
    expect(csvOf(path)).toHaveLength(12);
  });

  it('tells how far it is, and leaves nothing when it is cancelled', async () => {
    const path = workspace.path('teams.csv');
    const { progress } = await exportTo(path, { format: 'csv', columns });
    expect(progress.at(-1)).toMatchObject({ step: 'writing', total: 8 });
    const ending = new AbortController();
    ending.abort();
    const other = workspace.path('other.csv');
    await expect(exportTo(other, { format: 'csv', columns }, ending.signal)).rejects.toThrow(/cancel|abort/i);
    expect(existsSync(other)).toBe(false);
    expect(readdirSync(workspace.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is refused for a column that the type does not have, for a file of the workspace, and without a ticket', async () => {
    const format = 'csv' as const;
    const path = workspace.path('x.csv');
    const bad = exportTo(path, { format, columns: [{ key: 'status', label: 'Status' }] });
    expect(await refusedWith(bad)).toMatchObject({ code: 'INVALID' });
    const own = exportTo(`${workspace.folder}/workspace/frames.sqlite`, { format, columns });
    expect(await refusedWith(own)).toMatchObject({ code: 'BAD_FILE', data: { reason: 'own_file' } });
    const none = workspace.client.transfer.exportList({ type: 'team', format, columns, grant: 'nobody' });
    expect(await refusedWith(none.then(drain))).toMatchObject({ code: 'GRANT_EXPIRED' });
  });
});
