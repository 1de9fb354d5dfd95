import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const { entities } = workspace.as();
  for (const id of ['ann', 'ben'])
    await entities.create({ type: 'faculty', id, data: { name: id, university_id: 'uni-a' } });
  await entities.update({ type: 'interface', id: 'link', data: { interface_type: 'team-to-team' } });
});

const link = { type: 'interface', id: 'link' } as const;

async function kindAfter(ada: Client, data: JsonObject): Promise<unknown> {
  return (await ada.entities.update({ ...link, data })).record.payload.interface_type;
}

describe('the kind of a link follows its ends', () => {
  test('when one of them becomes a record of another type, either way round', async () => {
    const ada = (await testWorkspace({ template })).as();
    expect(await kindAfter(ada, { to: 'project-b' })).toBe('team-to-project');
    expect(await kindAfter(ada, { from: 'project-a', to: 'team-b' })).toBe('team-to-project');
    expect(await kindAfter(ada, { from: 'ann' })).toBe('team-to-faculty');
    expect(await kindAfter(ada, { to: 'ben' })).toBe('faculty-to-faculty');
  });

  test('to none if no kind is known for the ends, and back', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.update({ ...link, data: { to: 'student-b' } });
    expect((await ada.entities.get(link)).payload).not.toHaveProperty('interface_type');
    expect(await kindAfter(ada, { to: 'project-a' })).toBe('team-to-project');
  });

  test('as part of the same change, which undo takes back whole', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const before = await ada.entities.get(link);
    await ada.entities.update({ ...link, data: { to: 'project-b' } });
    const [row] = (await ada.history.ofRecord({ id: 'link', limit: 1 })).rows;
    expect(row?.change).toMatchObject({
      before: { to: 'team-b', interface_type: 'team-to-team' },
      after: { to: 'project-b', interface_type: 'team-to-project' },
    });
    const after = await ada.entities.get(link);
    await ada.history.undo({ on_conflict: 'ask' });
    expect((await ada.entities.get(link)).payload).toEqual(before.payload);
    await ada.history.redo({ on_conflict: 'ask' });
    expect((await ada.entities.get(link)).payload).toEqual(after.payload);
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('the kind of a link stays', () => {
  test.each(['mentoring', 'faculty-to-faculty', null])(
    'if it did not describe its ends: %s',
    async (kind) => {
      const ada = (await testWorkspace({ template })).as();
      await ada.entities.update({ ...link, data: { interface_type: kind } });
      expect(await kindAfter(ada, { to: 'project-b' })).toBe(kind);
    },
  );

  test('if the ends stay, or become others of their types', async () => {
    const ada = (await testWorkspace({ template })).as();
    expect(await kindAfter(ada, { energy_loss: 3 })).toBe('team-to-team');
    await ada.entities.create({ type: 'team', id: 'third', data: { name: 'Third' } });
    expect(await kindAfter(ada, { to: 'third' })).toBe('team-to-team');
  });
});
