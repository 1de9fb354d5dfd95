import { lastDailyOf } from '#core/versions/last-daily.ts';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DailyBackups } from '#core/versions/daily.ts';
import { warningsOf } from '#core/care/warnings.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { Fault } from '#shared/contract/faults.ts';
import { makeReadOnly, readOnlyPlaces } from '#test/support/disk.ts';
import { resultOf, openSandbox, clientOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const roomy = 10 ** 12;

async function open() {
  const workspace = await testWorkspace({ template });
  const found = (free = roomy) => warningsOf(workspace.core.services, () => Promise.resolve(free));
  return { workspace, found, codes: async (free?: number) => (await found(free)).map(({ code }) => code) };
}

const write = (workspace: TestWorkspace, name: string) =>
  workspace.as().entities.create({ type: 'team', data: { name } });

test('a healthy workspace has no warnings, also from the operation', async () => {
  const { workspace, codes } = await open();
  expect(await codes()).toEqual([]);
  expect(await workspace.as('Rea').care.warnings({})).toEqual([]);
});

test('a full disk comes first, little space is reported, and an unknown one only in Health', async () => {
  const { workspace, codes, found } = await open();
  workspace.clock.time -= 3_600_000;
  expect(await codes(1000)).toEqual(['disk.full', 'clock.behind']);
  expect(await codes(100_000_000)).toEqual(['disk.low', 'clock.behind']);
  expect((await found(1000))[0]).toMatchObject({ state: 'bad', params: { free: 1000 } });
  const unknown = await warningsOf(workspace.core.services, () => Promise.reject(new Error('none')));
  expect(unknown.map(({ code }) => code)).toEqual(['clock.behind']);
});

test('a synced folder is reported with client and path', async () => {
  const { workspace, found } = await open();
  mkdirSync(join(workspace.folder, '..', '.stfolder'));
  expect(await found()).toMatchObject([{ code: 'synced.by', params: { client: 'Syncthing' } }]);
});

test.each(readOnlyPlaces())('a folder that is %s is said as long as it is so', async () => {
  const { workspace, codes } = await open();
  const back = makeReadOnly(workspace.folder);
  try {
    expect(await codes()).toEqual(['access.read_only']);
  } finally {
    back();
  }
  expect(await codes()).toEqual([]);
});

test('a clock that was set back is reported, and log order, undo and verification stay right', async () => {
  const { workspace, codes, found } = await open();
  const { record: before } = await write(workspace, 'Before');
  workspace.clock.time -= 30 * 86_400_000;
  expect(await codes()).toEqual(['clock.behind']);
  expect((await found())[0]?.params['behind']).toBeGreaterThan(29 * 86_400_000);
  const { record } = await write(workspace, 'After');
  const { rows } = await workspace.as().history.list({ limit: 2 });
  expect(rows.map(({ params }) => params['id'])[0]).toBe(record.id);
  // It is still behind, although the newest entry is of its own time.
  expect(await codes()).toEqual(['clock.behind']);
  await workspace.as().history.undo({});
  const deleted = async (id: string) =>
    (await workspace.as().entities.get({ type: 'team', id })).deleted_at !== null;
  expect([await deleted(before.id), await deleted(record.id)]).toEqual([false, true]);
  expect((await workspace.verify()).ok).toBe(true);
  // Entries of a clock that was ahead once are forgotten in time.
  for (let count = 0; count < 20; count++) await write(workspace, `More ${count}`);
  expect(await codes()).toEqual([]);
});

test('corruption that blocks writes is reported first until resolved, and not repeated for the backup that found it', async () => {
  const { workspace, codes, found } = await open();
  const mark = join(workspace.folder, 'damaged.json');
  workspace.clock.time -= 3_600_000;
  writeFileSync(mark, '{"version":1}\n');
  const damaged = new Fault('WORKSPACE', { reason: 'damaged' });
  lastDailyOf(workspace.core.services).recordFailure(damaged);
  expect(await codes()).toEqual(['noted.closed', 'clock.behind']);
  expect((await found())[0]).toMatchObject({ id: 'noted', state: 'bad' });
  await expect(write(workspace, 'Late')).rejects.toMatchObject({ data: { reason: 'damaged' } });
  lastDailyOf(workspace.core.services).recordSuccess();
  rmSync(mark);
  expect(await codes()).toEqual(['clock.behind']);
  await write(workspace, 'Later');
});

test('a missing backup folder is reported, and the failed backup is not reported too', async () => {
  const { workspace, codes } = await open();
  const drive = join(workspace.folder, '..', 'frames-backups-drive');
  const at = { ...workspace.core.services.files, backups: drive };
  const services = { ...workspace.core.services, files: at };
  const look = async () => (await warningsOf(services, () => Promise.resolve(roomy))).map(({ code }) => code);
  expect(await look()).toEqual(['place.missing']);
  const call = { session: workspace.core.session(), services };
  workspace.clock.time += 60_000;
  await expect(new DailyBackups().check(call)).rejects.toMatchObject({ code: 'WORKSPACE' });
  expect(await look()).toEqual(['place.missing']);
  mkdirSync(drive);
  expect(await look()).toEqual(['daily.failed']);
  expect(await new DailyBackups().check(call)).toBe('made');
  expect(await look()).toEqual([]);
  expect(await codes()).toEqual([]);
});

test('a failed daily backup is reported with its reason, here and in Health, until one succeeds', async () => {
  const { workspace, found, codes } = await open();
  const { backups } = workspace.files;
  rmSync(backups, { recursive: true, force: true });
  writeFileSync(backups, 'in the way');
  workspace.clock.time += 60_000;
  const daily = new DailyBackups();
  const check = () => daily.check(workspace.core.context(workspace.core.session()));
  await expect(check()).rejects.toThrow('is not a folder');
  rmSync(backups);
  expect(await found()).toMatchObject([{ id: 'daily', state: 'warn', code: 'daily.failed' }]);
  const { findings } = await resultOf(await workspace.as().care.health({}));
  expect(findings.find(({ id }) => id === 'daily')?.code).toBe('daily.failed');
  expect(await check()).toBe('made');
  expect(await codes()).toEqual([]);
});

test('another window is reported, not a command or an ended process; in a sandbox only its own', async () => {
  const { workspace, found, codes } = await open();
  const { id } = await take(workspace.as(), 'One');
  const { holders } = workspaceFiles(workspace.folder);
  const post = (kind: string, pid: number, label = 'FRAMES window'): void =>
    writeFileSync(
      join(holders, `${pid}-${kind}.json`),
      JSON.stringify({ kind, label, pid, since: '', writing: null }),
    );
  post('command', process.ppid, 'frames list');
  // It has ended long since: no process has this number.
  post('window', 2 ** 30);
  expect(await codes()).toEqual([]);
  post('window', process.ppid);
  onTestFinished(() => rmSync(join(holders, `${process.ppid}-window.json`), { force: true }));
  expect(await found()).toMatchObject([
    { code: 'others.open', state: 'good', params: { who: `FRAMES window (process ${process.ppid})` } },
  ]);
  const play = await openSandbox(workspace, id);
  expect(await clientOf(play).care.warnings({})).toEqual([]);
});
