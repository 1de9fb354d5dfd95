import { describe, expect, test } from 'vitest';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { crewTemplate, newest } from './crew.ts';

const template = await crewTemplate();

describe('several changes at once', () => {
  test('are one step in order, and later ones may refer to records of earlier ones', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const before = stateOf(workspace);
    const { total } = await newest(ada);
    const done = await ada.entities.applyChanges({
      changes: [
        { kind: 'create', type: 'university', id: 'mine', data: { name: 'New' } },
        { kind: 'create', type: 'team', id: 'one', data: { name: 'One', university_id: 'mine' } },
        { kind: 'create', type: 'team', data: { name: 'Two', university_id: 'mine' } },
        { kind: 'create', type: 'interface', data: { from: 'one', to: 't01' } },
        { kind: 'update', type: 'team', id: 't01', data: { size: 40 }, unset: ['experience'] },
        { kind: 'update', type: 'team', id: 't02', data: {} },
      ],
    });
    expect(done.ids).toHaveLength(6);
    expect(done.ids.slice(0, 2)).toEqual(['mine', 'one']);
    expect(done.ids[2]).toMatch(/^team_/);
    expect(done.changed).toBe(5);
    expect(await newest(ada)).toMatchObject({ total: total + 1, label: 'records.change', changes: 5 });
    expect((await ada.entities.get({ type: 'team', id: 'one' })).derived).toMatchObject({ links: 1 });
    const { payload } = await ada.entities.get({ type: 'team', id: 't01' });
    expect(payload).toMatchObject({ size: 40 });
    expect(payload).not.toHaveProperty('experience');

    const after = stateOf(workspace);
    expect((await ada.history.undo({ on_conflict: 'ask' })).op_id).not.toBe(done.op_id);
    expect(stateOf(workspace)).toEqual(before);
    await ada.history.redo({ on_conflict: 'ask' });
    expect(stateOf(workspace)).toEqual(after);
  });

  test('that change nothing make no step', async () => {
    const ada = (await testWorkspace({ template })).as();
    const { total } = await newest(ada);
    const same: FieldChange = { kind: 'update', type: 'team', id: 't01', data: { project_id: 'p1' } };
    const done = await ada.entities.applyChanges({ changes: [same, same] });
    expect(done).toEqual({ op_id: null, ids: ['t01', 't01'], changed: 0 });
    expect((await newest(ada)).total).toBe(total);
  });
});

describe('one that is refused takes all of them with it', () => {
  const good: FieldChange = { kind: 'update', type: 'team', id: 't01', data: { size: 30 } };
  const cases: [string, FieldChange, string][] = [
    [
      'a field that is wrong',
      { kind: 'create', type: 'team', data: { name: 'X', size: 0 } },
      'changes.1.size',
    ],
    ['a field that is missing', { kind: 'create', type: 'team', data: {} }, 'changes.1.name'],
    [
      'a reference to nothing',
      { kind: 'update', type: 'team', id: 't02', data: { project_id: 'nowhere' } },
      'changes.1.project_id',
    ],
    [
      'a field in both',
      { kind: 'update', type: 'team', id: 't02', data: { size: 2 }, unset: ['size'] },
      'changes.1.size',
    ],
    [
      'an id that is not one',
      { kind: 'create', type: 'team', id: 'a\nb', data: { name: 'X' } },
      'changes.1.id',
    ],
  ];
  test.each(cases)('%s names its place', async (_, bad, path) => {
    const workspace = await testWorkspace({ template });
    const before = stateOf(workspace);
    const call = workspace.as().entities.applyChanges({ changes: [good, bad, good] });
    const { data, message } = await refused('INVALID', call);
    expect(data.issues[0]?.path).toBe(path);
    expect(message).toContain('Change 2');
    expect(stateOf(workspace)).toEqual(before);
  });

  test('an id that is taken, a record that is not there', async () => {
    const workspace = await testWorkspace({ template });
    const before = stateOf(workspace);
    const ada = workspace.as();
    const taken: FieldChange = { kind: 'create', type: 'team', id: 't03', data: { name: 'X' } };
    await refused('DUPLICATE_ID', ada.entities.applyChanges({ changes: [good, taken] }));
    const twice: FieldChange = { kind: 'create', type: 'team', id: 'new', data: { name: 'X' } };
    await refused('DUPLICATE_ID', ada.entities.applyChanges({ changes: [twice, twice] }));
    const gone: FieldChange = { kind: 'update', type: 'team', id: 't00', data: { size: 1 } };
    await refused('NOT_FOUND', ada.entities.applyChanges({ changes: [good, gone] }));
    expect(stateOf(workspace)).toEqual(before);
    expect((await workspace.verify()).ok).toBe(true);
  });
});
