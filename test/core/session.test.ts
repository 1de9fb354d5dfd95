import { describe, expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

describe('the actor', () => {
  test('is found by id or by name; without either it is the workspace’s first profile', async () => {
    const { core } = await testWorkspace({ template });
    const profiles = await core.client(core.session()).workspace.profiles({});
    expect(profiles.map(({ name, role }) => [name, role])).toEqual([
      ['Ada', 'admin'],
      ['Rea', 'researcher'],
      ['Edi', 'editor'],
      ['Eve', 'editor'],
      ['Vic', 'viewer'],
    ]);
    for (const { id, name } of profiles) {
      expect(core.session(id).profile).toBe(id);
      expect(core.session(name).profile).toBe(id);
    }
    expect(core.session().profile).toBe(profiles[0]?.id);
    expect(core.session('Rea', 'req-1').requestId).toBe('req-1');
  });

  test('is refused when unknown, or when two have the name', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.as().workspace.createProfile({ name: 'Rea', role: 'viewer' });
    const someIds: unknown = [expect.any(String), expect.any(String)];
    for (const name of ['nobody', '', 'Rea', 'ada']) {
      let error: unknown;
      try {
        workspace.core.session(name);
      } catch (thrown) {
        error = thrown;
      }
      const data = name === 'Rea' ? { actor: name, candidates: someIds } : { actor: name };
      expect(isFault(error) && [error.code, error.data], name).toEqual(['UNKNOWN_ACTOR', data]);
    }
    await refused('UNKNOWN_ACTOR', workspace.as().workspace.actAs({ profile: 'nobody' }));
    const { message } = await refused('UNKNOWN_ACTOR', workspace.as().workspace.actAs({ profile: 'Rea' }));
    const profiles = await workspace.as().workspace.profiles({});
    const [first, second] = profiles.filter(({ name }) => name === 'Rea');
    expect(message).toBe(
      `Several profiles are named "Rea". Use an id: ${first?.id} (researcher), ${second?.id} (viewer).`,
    );
  });

  test('can change while a window is open, and is the audit’s actor from then on', async () => {
    const workspace = await testWorkspace({ template });
    const session = workspace.core.session();
    const client = workspace.core.client(session);
    expect((await client.workspace.actAs({ profile: 'Edi' })).name).toBe('Edi');
    expect((await client.workspace.info({})).actor.name).toBe('Edi');
    await client.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    expect((await client.history.list({ limit: 1 })).rows[0]?.actor).toEqual({
      id: session.profile,
      name: 'Edi',
    });
    await refused('FORBIDDEN', client.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } }));
  });

  test('stays the first one although the clock was set back when others were added', async () => {
    const workspace = await testWorkspace({ template });
    const first = workspace.core.session().profile;
    workspace.clock.time -= 1000 * 24 * 3600 * 1000;
    await workspace.as().workspace.createProfile({ name: 'Late', role: 'viewer' });
    expect(workspace.core.session().profile).toBe(first);
    expect((await workspace.as().workspace.profiles({})).at(-1)?.name).toBe('Late');
  });
});

describe('a new profile', () => {
  test('is audited with its university', async () => {
    const workspace = await testWorkspace({ template });
    const made = await workspace
      .as()
      .workspace.createProfile({ name: ' Max ', role: 'editor', university_id: 'uni-b' });
    expect(made).toMatchObject({ name: 'Max', role: 'editor', university_id: 'uni-b' });
    const { rows } = await workspace.as().history.ofRecord({ id: made.id });
    expect(rows[0]).toMatchObject({
      change: {
        action: 'create',
        type: 'profile',
        university_id: 'uni-b',
        after: { name: 'Max', role: 'editor', university_id: 'uni-b' },
      },
      transaction: { label: 'profile.create', params: { title: 'Max' } },
    });
  });

  test('needs a name, a known role and a university that there is', async () => {
    const ada = (await testWorkspace({ template })).as();
    const path = async (input: {
      name: string;
      role: 'editor';
      university_id?: string;
    }): Promise<string | undefined> =>
      (await refused('INVALID', ada.workspace.createProfile(input))).data.issues[0]?.path;
    expect(await path({ name: '  ', role: 'editor' })).toBe('name');
    expect(await path({ name: 'Ed\u001b[2J', role: 'editor' })).toBe('name');
    expect(await path({ name: 'N', role: 'king' as 'editor' })).toBe('role');
    expect(await path({ name: 'N', role: 'editor', university_id: 'nowhere' })).toBe('university_id');
    await ada.entities.create({ type: 'university', id: 'gone', data: { name: 'G' } });
    await ada.entities.remove({ type: 'university', id: 'gone' });
    expect(await path({ name: 'N', role: 'editor', university_id: 'gone' })).toBe('university_id');
  });
});
