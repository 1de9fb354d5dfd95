import { expect, test } from 'vitest';
import { writtenSince } from '#core/backup/daily.ts';
import { newestBackup } from '#core/backup/newest.ts';
import { boardOf } from '#core/db/holders.ts';
import { lockExclusive } from '#core/db/lock.ts';
import { previewSalvage, salvageInPlace } from '#core/salvage/run.ts';
import type { Clock } from '#core/system.ts';
import { backUp } from '#test/support/backup.ts';
import { damagePages, pagesOf, recordsOf, salvageHere, salvaging } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A clock by which so much time goes by at every look that every step is told of. */
function hasty(): Clock {
  let passed = 0;
  return { now: () => Date.now(), elapsed: () => (passed += 1000) };
}

test('a backup is due of what salvaging took from rows', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const log = ['audit_logs', 'audit_transactions'].flatMap((table) => pagesOf(workspace, table));
  damagePages(workspace.folder, log, () => 0);
  await salvageHere(workspace.folder);
  expect(recordsOf(workspace.folder).has('late')).toBe(true);
  await workspace.reopen();
  const { read } = workspace.core.services;
  const newest = await newestBackup(workspace.files.backups, read);
  expect(newest).not.toBeNull();
  expect(writtenSince(read, newest?.manifest.head.id ?? 0)).toBe(true);
});

test('others are told who looks what can be salvaged', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  const seen = new Set<string | undefined>();
  const tell = (): void => void seen.add(boardOf(workspace.files.holders)[0]);
  await previewSalvage({ ...salvaging(workspace.folder), clock: hasty(), tell });
  expect([...seen]).toEqual([expect.stringContaining('a test')]);
  expect(boardOf(workspace.files.holders)).toEqual([]);
});

test('nobody takes a backup away while salvaging reads it', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  const held = new Set<boolean>();
  const tell = (): void => {
    try {
      lockExclusive(`${workspace.files.backups}/lock.sqlite`).release();
      held.add(false);
    } catch {
      held.add(true);
    }
  };
  const holder = { kind: 'test', label: 'a test' } as const;
  await salvageInPlace({ ...salvaging(workspace.folder), clock: hasty(), holder, tell });
  expect(held).toContain(true);
});
