import { describe, expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const teamA = { type: 'team', id: 'team-a' } as const;

describe('an update is a shallow patch', () => {
  test('named fields are set, those in unset removed, null is a value, the rest stays', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.update({ ...teamA, data: { x_note: { deep: [1, { a: 2 }] }, description: 'D' } });
    const { record } = await ada.entities.update({
      ...teamA,
      data: { size: 9, description: null, x_note: { other: true } },
      unset: ['experience'],
    });
    expect(record.payload).toEqual({
      name: 'Alpine team',
      university_id: 'uni-a',
      project_id: 'project-a',
      size: 9,
      description: null,
      x_note: { other: true },
    });
  });

  test('absent, null and a value are three different things in the audit', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.update({ ...teamA, data: { description: null } });
    await ada.entities.update({ ...teamA, data: { description: 'D' } });
    await ada.entities.update({ ...teamA, unset: ['description'] });
    const { rows } = await ada.history.ofRecord({ id: 'team-a', limit: 3 });
    expect(rows.map(({ change }) => [change.before, change.after])).toEqual([
      [{ description: 'D' }, {}],
      [{ description: null }, { description: 'D' }],
      [{}, { description: null }],
    ]);
  });

  test('an update without effect makes no transaction and no new time', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const before = await ada.entities.get(teamA);
    const { transactions } = await ada.workspace.info({});
    for (const call of [
      { data: {} },
      { data: { size: 5 } },
      { unset: ['x_note'] },
      { data: { size: 5 }, unset: ['zz'] },
    ]) {
      const { record, op_id } = await ada.entities.update({ ...teamA, ...call });
      expect(op_id, JSON.stringify(call)).toBeNull();
      expect(record).toEqual(before);
    }
    expect((await ada.workspace.info({})).transactions).toBe(transactions);
    expect((await ada.history.nextSteps({})).undo?.label).not.toBe('team.update');
  });
});

describe('an update is refused', () => {
  test('when the record would not be valid as a whole', async () => {
    const ada = (await testWorkspace({ template })).as();
    const paths = async (call: object): Promise<string[]> =>
      (await refused('INVALID', ada.entities.update({ ...teamA, ...call }))).data.issues.map(
        ({ path }) => path,
      );
    expect(await paths({ unset: ['name'] })).toEqual(['name']);
    expect(await paths({ data: { size: 0 } })).toEqual(['size']);
    expect(await paths({ data: { size: 3 }, unset: ['size'] })).toEqual(['size']);
    expect(await paths({ data: { id: 'another' } })).toEqual(['id']);
    expect(await paths({ data: { project_id: 'nowhere' } })).toEqual(['project_id']);
    const link = ada.entities.update({ type: 'interface', id: 'link', data: { to: 'team-a' } });
    expect((await refused('INVALID', link)).data.issues[0]?.path).toBe('to');
    expect((await ada.entities.get(teamA)).payload).toMatchObject({ name: 'Alpine team', size: 5 });
  });

  test('of a missing, deleted or differently typed record', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.remove({ type: 'team', id: 'team-b' });
    for (const key of [
      { type: 'team', id: 'nobody' },
      { type: 'team', id: 'team-b', state: 'deleted' },
      { type: 'faculty', id: 'team-a' },
    ] as const) {
      const { type, id } = key;
      const { data } = await refused('NOT_FOUND', ada.entities.update({ type, id, data: { name: 'N' } }));
      expect(data).toEqual(key);
    }
  });
});

test('derived values are never stored', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  expect((await ada.entities.get({ type: 'student', id: 'student-a' })).derived).toMatchObject({
    status: 'incoming',
    team_title: 'Alpine team',
    university_title: 'Alpine university',
    links: 0,
  });
  const link = await ada.entities.get({ type: 'interface', id: 'link' });
  expect(link.title).toBe('Alpine team → Bay team');
  expect(link.derived).toMatchObject({
    from_title: 'Alpine team',
    to_title: 'Bay team',
    from_university: 'uni-a',
    to_university: 'uni-b',
    is_cross_university: true,
  });
  const stored = workspace.raw((db) =>
    db.prepare(`SELECT payload FROM interfaces WHERE id = 'link'`).pluck().get(),
  );
  expect(JSON.parse(stored as string)).toEqual({ from: 'team-a', to: 'team-b', name: undefined });
  await ada.entities.update({ type: 'student', id: 'student-a', data: { terms_remaining: 1 } });
  expect((await ada.entities.get({ type: 'student', id: 'student-a' })).derived).toMatchObject({
    status: 'outgoing',
  });
});
