import { describe, expect, test } from 'vitest';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { crewTemplate, newest } from './crew.ts';

const template = await crewTemplate();
const ids = (...named: string[]) => ({ kind: 'ids' as const, ids: named });

/** Interfaces in a ring of three teams and one beyond, and students of two of the teams. */
async function ring(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const pairs = [
    ['t01', 't02'],
    ['t02', 't03'],
    ['t03', 't01'],
    ['t03', 't04'],
  ];
  for (const [at, [from = '', to = '']] of pairs.entries())
    await ada.entities.create({ type: 'interface', id: `l${at}`, data: { from, to } });
  for (const team of ['t01', 't02'])
    await ada.entities.create({ type: 'student', id: `s-${team}`, data: { name: team, team_id: team } });
  return workspace;
}

describe('many records are deleted as one step', () => {
  test('with the interfaces that they share, and without references to them', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const { total } = await newest(ada);
    const call = ada.entities.removeMany({ type: 'team', which: ids('t01', 't02', 't03', 't01') });
    const result = await resultOf(call);
    expect(result).toMatchObject({ removed: 3, links: 4, references: 2 });
    expect(await newest(ada)).toMatchObject({
      total: total + 1,
      label: 'records.remove',
      params: { type: 'team', count: 3, links: 4, references: 2 },
      changes: 3,
    });
    expect((await ada.entities.get({ type: 'student', id: 's-t01' })).payload['team_id']).toBeNull();
    expect(await ada.entities.get({ type: 'interface', id: 'l0' })).toMatchObject({ hidden: true });
    const after = stateOf(workspace);
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
    await ada.history.redo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(after);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('students who leave with their team become inactive and stay on record', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const also = [{ type: 'student' as const, ids: ['s-t01', 's-t02'] }];
    const result = await resultOf(
      ada.entities.removeMany({ type: 'team', which: ids('t01'), also, retire: true }),
    );
    expect(result).toMatchObject({ removed: 1, retired: 2, links: 2 });
    expect(await newest(ada)).toMatchObject({
      label: 'records.remove',
      params: { type: 'team', count: 1, retired: 2 },
      changes: 3,
    });
    for (const id of ['s-t01', 's-t02'])
      expect(await ada.entities.get({ type: 'student', id })).toMatchObject({
        deleted_at: null,
        payload: { active: false },
      });
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
  });

  test('one of them can be restored with the interfaces that can be', async () => {
    const ada = (await ring()).as();
    await resultOf(ada.entities.removeMany({ type: 'team', which: ids('t01', 't02') }));
    expect((await ada.entities.restore({ type: 'team', id: 't01' })).links).toBe(1);
    expect((await ada.entities.get({ type: 'student', id: 's-t01' })).payload['team_id']).toBe('t01');
    expect((await ada.entities.restore({ type: 'team', id: 't02' })).links).toBe(2);
  });

  test('those that match, save those excepted', async () => {
    const ada = (await ring()).as();
    const filters = [{ field: 'university_id', op: 'is' as const, value: 'u1' }];
    const { matched } = await ada.entities.list({ type: 'team', filters });
    const result = await resultOf(
      ada.entities.removeMany({ type: 'team', which: { kind: 'matching', filters, except: ['t03'] } }),
    );
    expect(result.removed).toBe(matched - 1);
    const left = await ada.entities.list({ type: 'team', filters });
    expect(left.rows.map(({ id }) => id)).toEqual(['t03']);
  });
});

describe('records of several types are deleted as one step', () => {
  test('with their shared dependants, and restored as one', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const { total } = await newest(ada);
    const also = [{ type: 'student' as const, ids: ['s-t01', 's-t02'] }];
    const call = ada.entities.removeMany({ type: 'team', which: ids('t01', 't02'), also });
    const result = await resultOf(call);
    expect(result).toMatchObject({ removed: 4, links: 3, references: 0, contents: {} });
    expect(await newest(ada)).toMatchObject({
      total: total + 1,
      label: 'records.remove',
      params: { count: 4, links: 3 },
    });
    expect((await newest(ada)).params).not.toHaveProperty('type');
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('with all records of a university, on request', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const preview = await ada.entities.previewRemoval({ type: 'university', id: 'u1' });
    const input = {
      type: 'team' as const,
      which: ids('t01'),
      also: [{ type: 'university' as const, ids: ['u1'] }],
    };
    await refused('IN_USE', resultOf(ada.entities.removeMany(input)));
    expect(stateOf(workspace)).toEqual(before);
    const result = await resultOf(ada.entities.removeMany({ ...input, with_contents: true }));
    const own = (await ada.entities.get({ type: 'team', id: 't01' })).university_id === 'u1' ? 1 : 0;
    expect(result.removed).toBe(2);
    expect(result.contents['teams'] ?? 0).toBe((preview.contents['teams'] ?? 0) - own);
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
  });

  test('a university and its project: records that refer to the project have it again with the project', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    const before = stateOf(workspace);
    const also = [{ type: 'project' as const, ids: ['p1'] }];
    const input = { type: 'university' as const, which: ids('u1'), also, with_contents: true };
    const result = await resultOf(ada.entities.removeMany(input));
    expect(result.references).toBeGreaterThan(0);
    expect(await newest(ada)).toMatchObject({ changes: 2 });
    expect((await workspace.verify()).ok).toBe(true);
    await ada.history.undo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(before);
    await ada.history.redo({ on_conflict: 'ask' });
    expect((await workspace.verify()).ok).toBe(true);
    const project = async () => (await ada.entities.get({ type: 'team', id: 't01' })).payload['project_id'];
    await ada.entities.restore({ type: 'university', id: 'u1' });
    expect(await project()).toBeNull();
    await ada.entities.restore({ type: 'project', id: 'p1' });
    expect(await project()).toBe('p1');
  });

  test('records that the actor may not delete prevent the others', async () => {
    const workspace = await ring();
    await workspace.as().workspace.createProfile({ name: 'Eda', role: 'editor', university_id: 'u1' });
    const before = stateOf(workspace);
    const also = [{ type: 'university' as const, ids: ['u1'] }];
    const call = workspace
      .as('Eda')
      .entities.removeMany({ type: 'team', which: ids('t01'), also, with_contents: true });
    await refused('FORBIDDEN', resultOf(call));
    expect(stateOf(workspace)).toEqual(before);
  });
});

describe('records that cannot be deleted prevent the others', () => {
  test('a university that still has records', async () => {
    const workspace = await ring();
    const ada = workspace.as();
    await ada.entities.create({ type: 'university', id: 'empty', data: { name: 'Empty' } });
    const before = stateOf(workspace);
    const all = ada.entities.removeMany({ type: 'university', which: ids('empty', 'u1') });
    const { data, message } = await refused('IN_USE', resultOf(all));
    expect(data).toMatchObject({ id: 'u1', counts: { projects: 1 } });
    expect(message).toContain('Zeta');
    expect(stateOf(workspace)).toEqual(before);
    const result = await resultOf(ada.entities.removeMany({ type: 'university', which: ids('empty') }));
    expect(result.removed).toBe(1);
  });
});
