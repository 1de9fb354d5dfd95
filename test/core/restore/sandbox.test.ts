import { readdirSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { backedUp, backUp } from '#test/support/backup.ts';
import { restoreHere } from '#test/support/restore.ts';
import { take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, verified } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('a sandbox from a backup has its contents, with its head as base, and does not touch live', async () => {
  const { workspace, made } = await backedUp(template);
  await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
  const live = hashTables(workspace.files.live);
  const one = await take(workspace.as(), 'As it was', `backup:${made.id}`);
  expect(one).toMatchObject({
    from: `backup:${made.id}`,
    base: { id: made.head.id, op_id: made.head.op_id, hash: made.head.hash },
    counts: { teams: 2 },
    changes: 0,
    problem: null,
  });
  const play = await workspace.another({ target: { kind: 'sandbox', id: one.id } });
  const client = play.client(play.session());
  await client.entities.create({ type: 'team', data: { name: 'Played' } });
  expect((await verified(client)).ok).toBe(true);
  expect((await client.workspace.info({})).replica).not.toBe(
    (await workspace.as().workspace.info({})).replica,
  );
  expect(hashTables(workspace.files.live)).toBe(live);
});

test('one of an older schema, and of a history that live has no more, is as good', async () => {
  const { workspace, made } = await backedUp(template);
  await workspace.core.close();
  const parts = { ...systemServices(), log: silentLog };
  const holder = { kind: 'test' as const, label: 'a test' };
  await migrateWorkspace({ workspace: workspace.folder, target: schemaVersion - 1, holder, ...parts });
  const older = await backUp(workspace);
  const { safety } = await restoreHere(workspace.folder, made.id);
  await workspace.reopen();
  for (const id of [older.id, safety ?? '']) {
    const { id: sandbox, problem } = await take(workspace.as(), `Of ${id}`, `backup:${id}`);
    expect(problem).toBeNull();
    const files = workspaceFiles(workspace.folder, { kind: 'sandbox', id: sandbox });
    expect(await verifyClosed(files)).toMatchObject({ ok: true });
  }
});

test('a damaged or missing backup gives no sandbox', async () => {
  const { workspace, made, file } = await backedUp(template);
  await expect(take(workspace.as(), 'None', 'backup:20200101T000000000Z')).rejects.toMatchObject({
    code: 'BACKUP',
    data: { reason: 'missing' },
  });
  truncateSync(file, 2000);
  await expect(take(workspace.as(), 'Damaged', `backup:${made.id}`)).rejects.toMatchObject({
    code: 'BACKUP',
    data: { reason: 'damaged' },
  });
  expect(readdirSync(workspace.files.sandboxes).filter((name) => name.includes('sbx'))).toEqual([]);
  await expect(take(workspace.as('Vic'), 'Not me', `backup:${made.id}`)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});
