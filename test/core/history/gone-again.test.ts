import { describe, expect, test } from 'vitest';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
});

describe('a team that went, came back by going back to a moment, and went again when that was undone', () => {
  test.each([
    ['of everything', null],
    ['of the team', ['team-b']],
  ])('comes back with its link and its student: %s', async (_, ids) => {
    const workspace = await testWorkspace({ template });
    const ada = clientOf(workspace.core);
    const student = async () => (await ada.entities.get({ type: 'student', id: 'student-b' })).payload;
    const link = async () => (await ada.entities.get({ type: 'interface', id: 'link' })).deleted_at;
    await resultOf(await ada.moments.restore({ at: 'Then', ids }));
    expect(await student()).toMatchObject({ team_id: 'team-b' });
    await ada.history.undo({});
    expect((await student()).team_id ?? null).toBeNull();
    expect(await link()).not.toBeNull();
    await ada.entities.restore({ type: 'team', id: 'team-b' });
    expect(await student()).toMatchObject({ team_id: 'team-b' });
    expect(await link()).toBeNull();
    await ada.history.undo({});
    expect((await student()).team_id ?? null).toBeNull();
    await ada.history.redo({});
    expect(await student()).toMatchObject({ team_id: 'team-b' });
    expect(await link()).toBeNull();
    expect((await workspace.verify()).ok).toBe(true);
  });
});
