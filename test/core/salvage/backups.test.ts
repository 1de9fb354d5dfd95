import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasChangesSince } from '#core/versions/daily.ts';
import { newestBackup } from '#core/versions/list.ts';
import { setBackupsFolder } from '#core/versions/backup-folders.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { describeHolders } from '#core/kernel/db/holders.ts';
import { lockExclusive } from '#core/kernel/db/lock.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { previewSalvage, salvageInPlace } from '#core/salvage/run.ts';
import type { Clock } from '#core/kernel/system.ts';
import { backUp } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { copyOf, damagePages, pagesOf, recordsOf, salvageHere, salvaging } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { restoreHere } from '#test/support/restore.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { twoSides } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';

const template = await makeTemplate(preparePeople);

/** A clock by which so much time goes by at every look that every step is told of. */
function hasty(): Clock {
  let passed = 0;
  return { now: () => Date.now(), elapsed: () => (passed += 1000) };
}

test('a backup is due after salvaging rows', async () => {
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
  expect(hasChangesSince(read, newest?.manifest.head.id ?? 0)).toBe(true);
});

test('a record deleted before the backup and purged after it does not stop salvaging', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.create({ type: 'team', id: 'old', data: { name: 'Old' } });
  await workspace.as().entities.remove({ type: 'team', id: 'old' });
  await backUp(workspace);
  for await (const _ of await workspace.as().people.purge({ days: 0 }));
  const records = recordsOf(workspace.folder);
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  await salvageHere(workspace.folder);
  expect(recordsOf(workspace.folder)).toEqual(records);
});

test('people erased and records purged since the backup stay so', async () => {
  const workspace = await testWorkspace({ template });
  const { entities, people } = workspace.as();
  await entities.create({ type: 'student', id: 'gone', data: { name: 'Hana Yoon' } });
  await entities.create({ type: 'team', id: 'told', data: { name: 'Radio', description: 'Ask Hana Yoon.' } });
  await entities.create({ type: 'team', id: 'old', data: { name: 'Old' } });
  // Deleted before the backup, so that their erasure adds no row of their own to the log.
  await entities.create({ type: 'student', id: 'left', data: { name: 'Ines Roth' } });
  await entities.create({
    type: 'team',
    id: 'heard',
    data: { name: 'Laser', description: 'Ask Hana Yoon.' },
  });
  await entities.remove({ type: 'student', id: 'left' });
  await entities.remove({ type: 'team', id: 'heard' });
  await backUp(workspace);
  for await (const _ of await people.erase({ person: 'gone', mentions: true }));
  for await (const _ of await people.erase({ person: 'left', mentions: true }));
  await entities.remove({ type: 'team', id: 'old' });
  for await (const _ of await people.purge({ days: 0 }));
  await entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  const records = recordsOf(workspace.folder);
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  expect(await salvageHere(workspace.folder)).toMatchObject({ report: { whole: true, left: [] } });
  expect(recordsOf(workspace.folder)).toEqual(records);
});

test('starts with a backup in the workspace folder or a given one, if the backup folder is missing', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const older = await backUp(workspace);
  const drive = join(testFolder(), 'drive');
  mkdirSync(drive);
  const { folder } = workspace;
  await setBackupsFolder({ workspace: folder, into: drive, log: silentLog });
  const log = ['audit_logs', 'audit_transactions', 'teams'].flatMap((table) => pagesOf(workspace, table));
  const damaged = copyOf(folder);
  damagePages(damaged, log, () => 0);
  expect(await previewSalvage(salvaging(damaged))).toMatchObject({ backup: { id: older.id } });
  await workspace.reopen();
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const newer = await backUp({ files: workspaceFiles(folder) });
  await setBackupsFolder({ workspace: folder, into: null, log: silentLog });
  damagePages(folder, log, () => 0);
  const pointing = { ...salvaging(folder), searchedFolder: drive };
  expect(await previewSalvage(pointing)).toMatchObject({ backup: { id: newer.id }, unused: [] });
});

test('a foreign lock file among backups does not block salvaging, wherever it is', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.core.close();
  const { folder } = workspace;
  const drive = join(testFolder(), 'drive');
  mkdirSync(drive);
  await setBackupsFolder({ workspace: folder, into: drive, log: silentLog });
  const { backups } = workspaceFiles(folder);
  const newer = await backUp({ files: workspaceFiles(folder) });
  damagePages(folder, [2], () => 0);
  for (const place of [join(folder, 'backups'), backups]) {
    writeFileSync(join(place, 'lock.sqlite'), 'what a bad disk made of it '.repeat(400));
    expect(await previewSalvage(salvaging(folder))).toMatchObject({ backup: { id: newer.id } });
  }
});

test('others learn who examines what can be salvaged', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  const seen = new Set<string | undefined>();
  const onProgress = (): void => void seen.add(describeHolders(workspace.files.holders)[0]);
  await previewSalvage({ ...salvaging(workspace.folder), clock: hasty(), onProgress });
  expect([...seen]).toEqual([expect.stringContaining('a test')]);
  expect(describeHolders(workspace.files.holders)).toEqual([]);
});

test('no backup is removed while salvaging reads it', async () => {
  const workspace = await testWorkspace({ template });
  await backUp(workspace);
  await workspace.core.close();
  damagePages(workspace.folder, [1], () => 0);
  const held = new Set<boolean>();
  const onProgress = (): void => {
    try {
      lockExclusive(`${workspace.files.backups}/lock.sqlite`).release();
      held.add(false);
    } catch {
      held.add(true);
    }
  };
  const holder = { kind: 'test', label: 'a test' } as const;
  await salvageInPlace({ ...salvaging(workspace.folder), clock: hasty(), holder, onProgress });
  expect(held).toContain(true);
});

/** Why each backup was made, the newest first, and whether it is said to have been replaced. */
const marked = async ({ workspace }: Pick<TwoSides, 'workspace'>): Promise<[string, boolean][]> =>
  (await workspace.as().backups.list({})).map(({ reason, replaced }) => [reason, replaced]);

/** A promotion as the newest change, and backups of before it, within it and after it. */
async function promoted(): Promise<TwoSides> {
  const sides = await twoSides(template);
  await resultOf(await sides.ada.backups.create({}));
  await sides.play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await sides.promote();
  await resultOf(await sides.ada.backups.create({}));
  return sides;
}

test('backups before a promotion are of states that live still has after salvaging', async () => {
  const sides = await promoted();
  const { workspace } = sides;
  await workspace.core.close();
  damagePages(workspace.folder, pagesOf(workspace, 'teams'), () => 0);
  const { report } = await salvageHere(workspace.folder);
  expect(report.left).toEqual([]);
  await workspace.reopen();
  expect(await marked(sides)).toEqual([
    ['asked', false],
    ['promote', false],
    ['asked', false],
  ]);
});

test('records displaced by a restore are distinguished from its contents, also those of a promotion', async () => {
  const sides = await promoted();
  const { workspace } = sides;
  const [newest] = await workspace.as().backups.list({});
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  await restoreHere(workspace.folder, newest?.id ?? '');
  await workspace.reopen();
  expect(await marked(sides)).toEqual([
    ['restore', true],
    ['asked', false],
    ['promote', false],
    ['asked', false],
  ]);
});
