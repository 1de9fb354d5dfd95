import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sheetType } from '#shared/contract/sheets.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isColumn } from '#core/model/interchange/columns.ts';
import { readOnlyReason } from '#core/import/table/columns/read-only-columns.ts';
import { drain, workspaceForEach } from '../workspace.ts';

const workspace = workspaceForEach();

/** One record of each type, of which the others name those that they may. */
async function fill(): Promise<void> {
  const { entities } = workspace.client;
  const make = async (type: EntityType, data: Record<string, string>): Promise<string> =>
    (await entities.create({ type, data })).record.id;
  const university_id = await make('university', { name: 'Bern' });
  const project_id = await make('project', { name: 'Sail', university_id });
  const team_id = await make('team', { name: 'Radio', university_id, project_id });
  const faculty = await make('faculty', { name: 'Eva', university_id });
  const student = await make('student', { name: 'Ann', university_id, team_id });
  const outcome = await make('outcome', { university_id, project_id });
  const all = [university_id, project_id, team_id, faculty, student, outcome];
  for (const [at, from] of all.entries()) await make('interface', { from, to: all[at === 0 ? 1 : 0] ?? '' });
}

/** What a list counts of other records, by the type of its own. */
async function tallied(): Promise<[EntityType, string, number][]> {
  const found: [EntityType, string, number][] = [];
  for (const type of entityTypes) {
    const [row] = (await workspace.client.entities.list({ type })).rows;
    for (const [key, value] of Object.entries(row?.derived ?? {}))
      if (typeof value === 'number' && key !== 'listed_size') found.push([type, key, value]);
  }
  return found;
}

it('every tally of a list is exported, and ignored by an import', async () => {
  await fill();
  const all = await tallied();
  expect(all.map(([type, key]) => `${type}.${key}`)).toEqual(
    expect.arrayContaining(['university.outcomes', 'project.outcomes', 'project.teams', 'team.students']),
  );
  expect(all.filter(([type, key]) => !isColumn(type, key))).toEqual([]);
  for (const [type, key, value] of all) {
    const path = workspace.path(`${type}-${key}.csv`);
    const grant = workspace.core.grants.issue(path, 'write');
    const columns = [{ key, label: 'Count', values: {} }];
    await drain(await workspace.client.transfer.exportList({ grant, format: 'csv', type, columns }));
    const [, figure] = (await readFile(path, 'utf8')).trim().split(/\r?\n/);
    expect([type, key, figure]).toEqual([type, key, String(value)]);
    const kept = readOnlyReason(sheetType.parse(type), key, [value]);
    expect([type, key, kept]).toEqual([type, key, 'computed']);
  }
});
