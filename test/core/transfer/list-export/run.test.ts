import { readFileSync } from 'node:fs';
import papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ExportListInput, ExportListResult } from '#shared/contract/export-list.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { customFieldKey } from '#shared/domain/custom-fields.ts';
import { hastyClock } from '../support.ts';
import { drain, importFile, fixtureFile, refusedWith, workspaceForEach } from '../workspace.ts';

const workspace = workspaceForEach(hastyClock());
beforeEach(async () => {
  await importFile(workspace, fixtureFile);
});

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

  it('as a spreadsheet has booleans and days as such, also raw, and words for booleans only in CSV', async () => {
    const { client } = workspace;
    const data = {
      name: 'S',
      is_lead: true,
      graduated_at: '2025-07-31',
      insured: false,
      since: '2024-02-29',
    };
    await client.entities.create({ type: 'student', data });
    const asked = Object.keys(data).map((key) => ({
      key: ['insured', 'since'].includes(key) ? customFieldKey(key) : key,
      label: key,
    }));
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    for (const raw of [false, true]) {
      const path = workspace.path(`typed-${raw}.xlsx`);
      await exportTo(path, { type: 'student', format: 'xlsx', columns: asked, raw });
      expect((await readSheet(path))[1]).toEqual(['S', true, day('2025-07-31'), false, day('2024-02-29')]);
    }
  });

  it('contains the matching records, or the selection', async () => {
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

  it('names references by title or id, and booleans in words; raw it is as stored', async () => {
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
