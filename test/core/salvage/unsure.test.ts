import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRecordedHead } from '#core/log/audit/head.ts';
import { previewSalvage } from '#core/salvage/run.ts';
import { backUp } from '#test/support/backup.ts';
import { damagePages, pagesOf, salvageHere, salvaging } from '#test/support/salvage.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('a log that ends with its last row is not reported complete without a head file', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  expect(await previewSalvage(salvaging(workspace.folder))).toMatchObject({ whole: true, left: [] });
  rmSync(workspace.files.head);
  expect(await previewSalvage(salvaging(workspace.folder))).toMatchObject({ whole: false, left: [] });
});

test('settings rows are not counted as records', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as('Ada').backups.setRetention({ last: 3 });
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  const { tables } = await previewSalvage(salvaging(workspace.folder));
  expect(tables['workspaces']).toEqual({ found: 0, now: 0, taken: 0, left: 0 });
});

test('records salvaged without the log are changes since the golden version', async () => {
  const workspace = await testWorkspace({ template });
  await resultOf(await workspace.as('Ada').golden.publish({}));
  await backUp(workspace);
  const { changes } = (await workspace.as('Ada').golden.status({})).live;
  expect(changes).toBe(0);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const log = [...pagesOf(workspace, 'audit_logs'), ...pagesOf(workspace, 'audit_transactions')];
  damagePages(workspace.folder, log, () => 0);
  const { report } = await salvageHere(workspace.folder);
  expect(report.tables['teams']?.taken).toBe(1);
  await workspace.reopen();
  expect((await workspace.as('Ada').golden.status({})).live).toMatchObject({ same: false, changes: 1 });
});

test('changes in rows of the file are not reported lost, although their history is', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const until = readRecordedHead(workspace.files.head)?.created_at;
  const log = [...pagesOf(workspace, 'audit_logs'), ...pagesOf(workspace, 'audit_transactions')];
  damagePages(workspace.folder, log, () => 0);
  const { report, missing } = await salvageHere(workspace.folder);
  expect(report).toMatchObject({ whole: false, unread: 0, missing: { until, maybe: true } });
  expect(missing).toEqual(report.missing);
  await workspace.reopen();
  const { rows } = await workspace.as('Ada').history.list({ limit: 1 });
  expect(rows[0]).toMatchObject({
    label: 'workspace.salvaged',
    params: { missing_until: until, missing_maybe: true },
  });
});

test('changes are reported lost if no row of the file has them', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const tables = ['audit_logs', 'audit_transactions', 'teams'];
  damagePages(
    workspace.folder,
    tables.flatMap((table) => pagesOf(workspace, table)),
    () => 0,
  );
  const { report } = await salvageHere(workspace.folder);
  const teams = report.tables['teams'];
  expect(teams).toMatchObject({ found: 0, taken: 0 });
  expect(report.unread).toBe(teams?.now);
  expect(report.missing).not.toHaveProperty('maybe');
});
