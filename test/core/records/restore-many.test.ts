import { describe, expect, test } from 'vitest';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { crewTemplate, newest } from './crew.ts';

const template = await crewTemplate();
const ids = (...named: string[]) => ({ kind: 'ids' as const, ids: named });

/** Two linked teams and a student of each, all four deleted, the teams as one change. */
async function gone(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({ type: 'interface', id: 'l0', data: { from: 't01', to: 't02' } });
  await ada.entities.create({ type: 'interface', id: 'l1', data: { from: 't02', to: 't03' } });
  for (const team of ['t01', 't02'])
    await ada.entities.create({ type: 'student', id: `s-${team}`, data: { name: team, team_id: team } });
  await resultOf(ada.entities.removeMany({ type: 'student', which: ids('s-t01', 's-t02') }));
  await resultOf(ada.entities.removeMany({ type: 'team', which: ids('t01', 't02') }));
  return workspace;
}

describe('many deleted records are restored in one step', () => {
  test('with the links between them, and go again with one undo', async () => {
    const workspace = await gone();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const { total } = await newest(ada);
    const result = await resultOf(ada.entities.restoreMany({ type: 'team', ids: ['t01', 't02', 't01'] }));
    expect(result).toMatchObject({ restored: 2, links: 2 });
    expect(await newest(ada)).toMatchObject({
      total: total + 1,
      label: 'records.restore',
      params: { type: 'team', count: 2, links: 2 },
      changes: 2,
    });
    const after = stateOf(workspace);
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
    await ada.history.redo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(after);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('links with their ends on request, each end once', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.create({ type: 'interface', id: 'l0', data: { from: 't01', to: 't02' } });
    await ada.entities.create({ type: 'interface', id: 'l1', data: { from: 't02', to: 't03' } });
    await resultOf(ada.entities.removeMany({ type: 'interface', which: ids('l0', 'l1') }));
    await resultOf(ada.entities.removeMany({ type: 'team', which: ids('t01', 't02') }));
    const call = { type: 'interface' as const, ids: ['l0', 'l1'], with_references: true };
    const result = await resultOf(ada.entities.restoreMany(call));
    expect(result).toMatchObject({ restored: 2, links: 0 });
    for (const id of ['l0', 'l1', 't01', 't02'])
      expect((await ada.entities.find({ id })).deleted_at).toBeNull();
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('a record that cannot be restored prevents the others, and is named', () => {
  test('a team whose university is not there', async () => {
    const workspace = await gone();
    const ada = workspace.as();
    await ada.entities.remove({ type: 'university', id: 'u2', with_contents: true });
    const before = stateOf(workspace);
    const call = ada.entities.restoreMany({ type: 'team', ids: ['t02', 't01'] });
    const { data } = await refused('INVALID', resultOf(call));
    expect(data.issues).toMatchObject([{ path: 'university_id', gone: { id: 'u2' } }]);
    expect(stateOf(workspace)).toEqual(before);
  });
});
