import { describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { bringText, makeIn, told, tryText } from './support.ts';
import type { Made } from './support.ts';

const workspace = workspaceForEach();

const make = (...given: Made): Promise<string> => makeIn(workspace, ...given);

describe('ids next to names', () => {
  const columns = 'Id,Name,University,University (id)';

  it('decide if the record exists, and otherwise become the ids of new records', async () => {
    const table = `${columns}\nteam_a,A,Summit,univ_1\nteam_b,B,Summit,univ_2\nteam_c,C,Coast,17\nteam_d,D,,univ_1\n`;
    const result = await bringText(workspace, table, { type: 'team' });
    expect(result.created).toMatchObject({ teams: 4, universities: 3 });
    const { rows } = await workspace.client.entities.list({ type: 'team' });
    const of = (id: string) => rows.find((row) => row.id === id)?.university_id;
    expect([of('team_a'), of('team_b'), of('team_d')]).toEqual(['univ_1', 'univ_2', 'univ_1']);
    // An id of another program names nothing here, and is not taken for one of ours.
    expect(of('team_c')).toMatch(/^univ_.{30}/);
    await workspace.client.entities.update({
      type: 'university',
      id: 'univ_2',
      data: { name: 'Summit South' },
    });
    const again = await tryText(workspace, table, { type: 'team' });
    expect(again.preview).toMatchObject({ updates: 0, unchanged: 4, along_count: 0, problem_count: 0 });
  });

  it('of a deleted record make one record, however many rows have them', async () => {
    const gone = await make('university', { name: 'Summit' });
    await workspace.client.entities.remove({ type: 'university', id: gone });
    const rows = ['A', 'B', 'C'].map((name) => `${name},Summit,${gone}`);
    const { preview } = await tryText(workspace, ['Name,University,University (id)', ...rows].join('\n'));
    expect(preview.along).toEqual([{ type: 'university', title: 'Summit' }]);
    expect(Object.keys(preview.titles)).not.toContain(gone);
  });

  it('are no names: no record is created from an id', async () => {
    const id = 'univ_0192f3a4-5b6c-7d8e-9f01-23456789abcd';
    const { preview } = await tryText(workspace, `Name,university_id\nA,${id}\n`, { type: 'team' });
    expect(told(preview)).toEqual([`reference_missing | ${id} | 2 | empty`]);
    expect(preview.along_count).toBe(0);
    const named = `${columns}\n,A,Summit,${id}\n,B,,${id}\n`;
    const both = (await tryText(workspace, named, { type: 'team' })).preview;
    expect(both.sample.map(({ payload }) => payload.university_id)).toEqual([id, id]);
    expect(both.along_count).toBe(1);
  });

  it('are used as the reference without names', async () => {
    const summit = await make('university', { name: 'Summit' });
    const { preview } = await tryText(workspace, `Name,University (id)\nA,${summit}\nB,univ_none\n`, {
      type: 'team',
    });
    expect(preview.sample.map(({ payload }) => payload.university_id)).toEqual([summit, null]);
    expect(told(preview)).toEqual(['reference_missing | univ_none | 3 | empty']);
  });
});
