import { describe, expect, test } from 'vitest';
import type { Profile } from '#shared/contract/workspace.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

async function open() {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const ids = new Map((await ada.workspace.profiles({})).map(({ name, id }) => [name, id]));
  const idOf = (name: string): string => ids.get(name) ?? '';
  const now = async (name: string): Promise<Profile | undefined> =>
    (await ada.workspace.profiles({})).find(({ id }) => id === idOf(name));
  return { workspace, ada, idOf, now };
}

describe('renaming a profile', () => {
  test('is an ordinary change: audited, undone and redone, and there after a restart', async () => {
    const { workspace, ada, idOf, now } = await open();
    const [edi, other] = [idOf('Edi'), workspace.as('Edi')];
    await other.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    const { op_id, profile } = await ada.workspace.renameProfile({ profile: edi, name: '  Edith Marwood ' });
    expect(profile).toEqual({ ...(await now('Edi')), name: 'Edith Marwood' });
    const { rows } = await ada.history.list({ limit: 2 });
    expect(rows[0]).toMatchObject({
      op_id,
      label: 'profile.rename',
      params: { id: edi, title: 'Edith Marwood', was: 'Edi' },
      changes: 1,
    });
    // What was done before is told under the new name too.
    expect(rows[1]?.actor).toEqual({ id: edi, name: 'Edith Marwood' });
    expect((await ada.history.changes({ id: rows[0]?.id ?? 0 })).rows).toMatchObject([
      { type: 'profile', action: 'update', before: { name: 'Edi' }, after: { name: 'Edith Marwood' } },
    ]);
    await ada.history.undo({});
    expect(await now('Edi')).toMatchObject({ name: 'Edi', role: 'editor', university_id: 'uni-a' });
    await ada.history.redo({});
    await workspace.reopen();
    const again = workspace.as('Edith Marwood');
    expect((await again.workspace.info({})).actor).toMatchObject({ id: edi, role: 'editor' });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('finds it by id or name, and no other', async () => {
    const { ada, idOf, now } = await open();
    await ada.workspace.renameProfile({ profile: 'Rea', name: 'Eve' });
    expect((await now('Rea'))?.name).toBe('Eve');
    // Two are called so now: only the id tells them apart.
    await refused('UNKNOWN_ACTOR', ada.workspace.renameProfile({ profile: 'Eve', name: 'Rea' }));
    await refused('UNKNOWN_ACTOR', ada.workspace.renameProfile({ profile: 'nobody', name: 'Rea' }));
    await ada.workspace.renameProfile({ profile: idOf('Rea'), name: 'Rea' });
    expect((await now('Rea'))?.name).toBe('Rea');
  });

  test('to another profile’s name is for admins: nobody can be mistaken', async () => {
    const { workspace, ada, idOf, now } = await open();
    for (const who of ['Vic', 'Edi', 'Rea'])
      for (const name of ['Ada', 'ada', ' ADA ']) {
        const call = workspace.as(idOf(who)).workspace.renameProfile({ profile: idOf(who), name });
        const { data } = await refused('INVALID', call);
        expect(data).toMatchObject({ issues: [{ path: 'name', code: 'taken' }] });
      }
    expect((await ada.workspace.profiles({})).filter(({ name }) => /^ada$/i.test(name))).toHaveLength(1);
    // The own name may be written otherwise.
    await workspace.as('Vic').workspace.renameProfile({ profile: idOf('Vic'), name: 'VIC' });
    expect((await now('Vic'))?.name).toBe('VIC');
  });

  test('of others is for admins, and refused before the names are read', async () => {
    const { workspace, idOf, now } = await open();
    for (const [who, rule] of [
      ['Rea', 'profiles_need_admin'],
      ['Edi', 'profiles_need_admin'],
      ['Vic', 'viewers_read_only'],
    ] as const) {
      for (const name of ['Mine', 'Eve']) {
        const call = workspace.as(who).workspace.renameProfile({ profile: idOf('Eve'), name });
        const { data } = await refused('FORBIDDEN', call);
        expect(data).toEqual({ rule, type: 'profile', id: idOf('Eve') });
      }
    }
    expect((await now('Eve'))?.name).toBe('Eve');
  });

  test('can be undone and redone by a viewer, for the own name', async () => {
    const { workspace, ada, idOf, now } = await open();
    const vic = workspace.as('Vic');
    const before = await now('Vic');
    await vic.workspace.renameProfile({ profile: idOf('Vic'), name: 'Victoria' });
    await vic.history.undo({});
    expect(await now('Vic')).toEqual(before);
    await vic.history.redo({});
    expect(await now('Vic')).toEqual({ ...before, name: 'Victoria' });
    await ada.workspace.renameProfile({ profile: idOf('Vic'), name: 'V.' });
    await refused('UNDO_CONFLICT', vic.history.undo({ on_conflict: 'ask' }));
    await vic.history.undo({ on_conflict: 'overwrite' });
    expect(await now('Vic')).toEqual(before);
    await refused('FORBIDDEN', vic.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } }));
    expect((await workspace.verify()).ok).toBe(true);
  });
});
