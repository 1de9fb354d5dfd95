import { expect, test } from 'vitest';
import { settingIds } from '#core/model/workspace-settings.ts';
import { erasePerson } from '#test/support/people.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.people.setCleanUp({ purge_after: 900 });
  await ada.backups.setRetention({ daily: 9 });
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.create({ type: 'student', id: 's', data: { name: 'Maja Holm' } });
  await erasePerson(ada, 's');
});

const settingsIn = ({ core }: TestWorkspace): string[] =>
  core.services.read.column<string>('SELECT id FROM workspaces ORDER BY id');

test('verifying finds each edited setting of the workspace', async () => {
  const workspace = await testWorkspace({ template });
  const settings = settingsIn(workspace).filter((id) => settingIds.includes(id));
  expect(settings).toEqual(expect.arrayContaining(['ws_retention', 'ws_clean_up', 'ws_checkpoints']));
  for (const id of settings) {
    const edited = await testWorkspace({ template });
    edited.raw((db) =>
      db.prepare(`UPDATE workspaces SET payload = json_set(payload, '$.planted', 1) WHERE id = ?`).run(id),
    );
    expect(await verified(edited.as()), id).toMatchObject({ ok: false, replay: { ok: false } });
  }
});

test('verifying finds each edited fact of the workspace', async () => {
  for (const fact of ['id', 'name', 'created_at']) {
    const workspace = await testWorkspace({ template });
    expect(await verified(workspace.as())).toMatchObject({ ok: true });
    workspace.raw((db) => db.prepare(`UPDATE workspace SET value = 'planted' WHERE key = ?`).run(fact));
    expect(await verified(workspace.as()), fact).toMatchObject({ ok: false });
  }
});

test('renaming, a sandbox and an erasure of a name in the name keep the chain whole', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.workspace.rename({ name: 'Another name' });
  expect(await verified(ada)).toMatchObject({ ok: true });
  const { id } = await take(ada, 'Play');
  expect(await verified(clientOf(await openSandbox(workspace, id)))).toMatchObject({ ok: true });
});
