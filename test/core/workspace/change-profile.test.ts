import { describe, expect, test } from 'vitest';
import type { Profile } from '#shared/contract/workspace.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

async function open() {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const before = await ada.workspace.profiles({});
  const idOf = (name: string): string => before.find((one) => one.name === name)?.id ?? '';
  const now = async (name: string): Promise<Profile | undefined> =>
    (await workspace.as().workspace.profiles({})).find(({ id }) => id === idOf(name));
  const count = async (): Promise<number> => (await ada.history.list({ limit: 1 })).total;
  const team = () =>
    workspace.as(idOf('Vic')).entities.update({ type: 'team', id: 'team-b', data: { size: 9 } });
  return { workspace, ada, idOf, now, count, team };
}

describe('changing a profile', () => {
  test('gives another role and university as one change, that counts at once, is audited, undone and done again', async () => {
    const { workspace, ada, idOf, now, team } = await open();
    await refused('FORBIDDEN', team());
    const vic = await now('Vic');
    const { op_id, profile } = await ada.workspace.changeProfile({
      profile: 'Vic',
      name: ' Victoria ',
      role: 'editor',
      university_id: 'uni-b',
    });
    expect(profile).toEqual({ ...vic, name: 'Victoria', role: 'editor', university_id: 'uni-b' });
    expect(await now('Vic')).toEqual(profile);
    const [row] = (await ada.history.list({ limit: 1 })).rows;
    expect(row).toMatchObject({
      op_id,
      label: 'profile.change',
      params: {
        id: idOf('Vic'),
        title: 'Victoria',
        was: 'Vic',
        role: 'editor',
        university: 'Bay university',
      },
      changes: 1,
    });
    await team();
    await ada.history.undoChange({ op_id: op_id ?? '' });
    expect(await now('Vic')).toEqual(vic);
    await refused('FORBIDDEN', team());
    await ada.history.redo({});
    await workspace.reopen();
    expect(await now('Vic')).toEqual(profile);
    await team();
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('refuses a university that is not there or is deleted, and a role that there is not', async () => {
    const { ada, now, count } = await open();
    await ada.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
    const [before, total] = [await now('Vic'), await count()];
    for (const university_id of ['nowhere', 'uni-b', 'team-a']) {
      const call = ada.workspace.changeProfile({ profile: 'Vic', role: 'editor', university_id });
      const { data } = await refused('INVALID', call);
      expect(data).toMatchObject({ issues: [{ path: 'university_id', code: 'dangling' }] });
    }
    const role = 'king' as 'admin';
    await refused('INVALID', ada.workspace.changeProfile({ profile: 'Vic', role }));
    await refused('INVALID', ada.workspace.changeProfile({ profile: 'Vic', name: ' ' }));
    await refused('UNKNOWN_ACTOR', ada.workspace.changeProfile({ profile: 'nobody', role: 'viewer' }));
    expect([await now('Vic'), await count()]).toEqual([before, total]);
  });

  test('is for admins, also of oneself', async () => {
    const { workspace, idOf, now } = await open();
    for (const [who, rule] of [
      ['Rea', 'profiles_need_admin'],
      ['Edi', 'profiles_need_admin'],
      ['Vic', 'viewers_read_only'],
    ] as const) {
      for (const of of [who, 'Eve'])
        for (const change of [{ role: 'admin' as const }, { name: 'X', university_id: 'uni-0' }]) {
          const call = workspace.as(who).workspace.changeProfile({ profile: idOf(of), ...change });
          const { data } = await refused('FORBIDDEN', call);
          expect(data).toEqual({ rule, type: 'profile', id: idOf(of) });
        }
    }
    expect(await now('Eve')).toMatchObject({ name: 'Eve', role: 'editor', university_id: 'uni-b' });
  });
});

describe('a workspace keeps an admin', () => {
  test('the last one cannot become anything else', async () => {
    const { ada, now, count } = await open();
    const [before, total] = [await now('Ada'), await count()];
    const { data } = await refused(
      'INVALID',
      ada.workspace.changeProfile({ profile: 'Ada', name: 'A', role: 'researcher' }),
    );
    expect(data).toMatchObject({ issues: [{ path: 'role', code: 'last_admin' }] });
    expect([await now('Ada'), await count()]).toEqual([before, total]);
  });

  test('one of two can, and only another takes that back', async () => {
    const { workspace, ada, idOf, now } = await open();
    await ada.workspace.changeProfile({ profile: 'Rea', role: 'admin' });
    const { op_id } = await ada.workspace.changeProfile({ profile: 'Ada', role: 'viewer' });
    await refused('FORBIDDEN', ada.history.undo({}));
    await refused('FORBIDDEN', ada.workspace.changeProfile({ profile: 'Ada', role: 'admin' }));
    const rea = workspace.as(idOf('Rea'));
    await refused('INVALID', rea.workspace.changeProfile({ profile: 'Rea', role: 'viewer' }));
    await rea.history.undoChange({ op_id: op_id ?? '' });
    expect((await now('Ada'))?.role).toBe('admin');
  });

  test('no undo removes the last one: it stays and is reported', async () => {
    const { workspace, ada, idOf, now } = await open();
    const { op_id } = await ada.workspace.changeProfile({ profile: 'Rea', name: 'Rea L.', role: 'admin' });
    const rea = workspace.as(idOf('Rea'));
    await rea.workspace.changeProfile({ profile: 'Ada', role: 'viewer' });
    const { data } = await refused('UNDO_CONFLICT', rea.history.undoChange({ op_id: op_id ?? '' }));
    const left = { type: 'profile', id: idOf('Rea'), field: 'role', reason: 'last_admin' };
    expect(data).toMatchObject({ conflicts: [left] });
    expect(await now('Rea')).toMatchObject({ name: 'Rea L.', role: 'admin' });
  });

  test('nor its profile, whatever is overwritten', async () => {
    const { workspace, ada, idOf } = await open();
    const max = await ada.workspace.createProfile({ name: 'Max', role: 'admin' });
    const [made] = (await ada.history.list({ limit: 1 })).rows;
    const client = workspace.as(max.id);
    await client.workspace.changeProfile({ profile: 'Ada', role: 'viewer' });
    const call = client.history.undoChange({ op_id: made?.op_id ?? '' });
    const left = { type: 'profile', id: max.id, field: null, reason: 'last_admin' };
    expect((await refused('UNDO_CONFLICT', call)).data).toMatchObject({ conflicts: [left] });

    // Ada is made an admin again and makes Max something less: neither takes that back from her.
    await client.workspace.changeProfile({ profile: idOf('Ada'), role: 'admin' });
    await ada.workspace.changeProfile({ profile: max.id, role: 'researcher' });
    for (const on_conflict of ['ask', 'leave', 'overwrite'] as const)
      await refused('UNDO_CONFLICT', client.history.undo({ on_conflict }));
    const roles = (await ada.workspace.profiles({})).filter(({ role }) => role === 'admin');
    expect(roles.map(({ name }) => name)).toEqual(['Ada']);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('an undo assigns nobody to a deleted university before that is restored', async () => {
    const { ada, now } = await open();
    await ada.workspace.changeProfile({ profile: 'Eve', university_id: 'uni-a' });
    await ada.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
    const [, change] = (await ada.history.list({ limit: 2 })).rows;
    await ada.history.undoChange({ op_id: change?.op_id ?? '' });
    expect((await now('Eve'))?.university_id).toBe(null);
    await ada.entities.restore({ type: 'university', id: 'uni-b' });
    expect((await now('Eve'))?.university_id).toBe('uni-b');
  });
});
