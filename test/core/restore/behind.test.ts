import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecordedHead } from '#core/log/audit/head.ts';
import { acceptFile } from '#core/restore/accept.ts';
import { setBackupsFolder } from '#core/versions/backup-folders.ts';
import { checkClosedHealth } from '#core/care/health.ts';
import { vacuumLive } from '#core/care/vacuum.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { runHere } from '#test/cli/frames.ts';
import { testFolder } from '#test/support/folder.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { TestClock } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { withFile } from '#test/support/with-file.ts';
import { makeTemplate, openSeeded, testWorkspace } from '#test/support/workspace.ts';

let early = Buffer.alloc(0);
/** As before the first version was made. */
let first = Buffer.alloc(0);
let own = '';
const made = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  await workspace.core.close();
  first = readFileSync(workspace.files.live);
  await workspace.reopen();
  await resultOf(await workspace.as().golden.publish({}));
  await resultOf(await workspace.as().backups.create({}));
  own = (await workspace.as().workspace.info({})).id;
  await workspace.core.close();
  early = readFileSync(workspace.files.live);
  await workspace.reopen();
  for (const id of ['one', 'two'])
    await workspace.as().entities.create({ type: 'team', id, data: { name: id } });
});

/** The folder with an older file in the place of live, and no head beside it. */
function withoutHead(bytes: Buffer) {
  const found = withFile(made, bytes);
  rmSync(join(found.folder, 'head.json'));
  return found;
}

const behind = { code: 'WORKSPACE', data: { reason: 'behind' } };

/** What says what the folder is: the file, the head that is kept beside it, and the backups. */
const stateOf = (folder: string) => [
  readFileSync(join(folder, 'frames.sqlite')).toString('hex'),
  readRecordedHead(join(folder, 'head.json'))?.hash,
  readdirSync(join(folder, 'backups')),
];

test('vacuuming an older file is refused, so that it does not become the accepted one', async () => {
  const { folder, how } = withFile(made, early);
  const before = stateOf(folder);
  expect(await vacuumLive(how).catch(refusalIn)).toMatchObject(behind);
  expect(stateOf(folder)).toEqual(before);
  expect(await openSeeded({ folder, seed: 7 }).catch(refusalIn)).toMatchObject(behind);
});

test('the report of an older file leaves the folder unchanged', async () => {
  const { folder } = withFile(made, early);
  const before = readdirSync(folder);
  expect(await openSeeded({ folder, seed: 7 }).catch(refusalIn)).toMatchObject(behind);
  expect(readdirSync(folder)).toEqual(before);
});

test("with another workspace's file in its place, another place for backups is this one's", async () => {
  const other = await testWorkspace({ seed: 99 });
  for (let at = 0; at < 40; at += 1)
    await other.as().entities.create({ type: 'team', data: { name: `Team ${at}` } });
  await other.core.close();
  const { folder } = withFile(made, readFileSync(other.files.live));
  const into = testFolder();
  await setBackupsFolder({ workspace: folder, into, log: silentLog });
  expect(readdirSync(into)).toEqual([`frames-backups-${own}`]);
});

test('no backup of an older file is reported to have all changes', async () => {
  const { files } = withFile(made, early);
  const { findings } = await checkClosedHealth({
    files,
    clock: new TestClock(),
    log: silentLog,
    full: false,
  });
  expect(findings.find(({ id }) => id === 'head')).toMatchObject({ state: 'bad', code: 'head.cut' });
  expect(findings.find(({ id }) => id === 'backup')).toMatchObject({ code: 'backup.there' });
});

test('without a head file an older file is recognised by the workspace’s backups', async () => {
  const { folder, files, how } = withoutHead(first);
  const { findings } = await checkClosedHealth({
    files,
    clock: new TestClock(),
    log: silentLog,
    full: false,
  });
  expect(findings.find(({ id }) => id === 'head')).toMatchObject({ code: 'head.cut' });
  const verified = await runHere(folder, ['verify', '--workspace', folder, '--json']);
  expect(verified).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"found.end"') as string,
  });
  expect(await openSeeded({ folder, seed: 7 }).catch(refusalIn)).toMatchObject(behind);
  const later = new TestClock(Date.UTC(2027, 0, 1));
  expect(await acceptFile({ ...how, clock: later })).toMatchObject({ reason: 'behind', another: false });
  rmSync(files.head);
  // What was displaced then is not missing.
  await (await openSeeded({ folder, seed: 7 })).close();
});

test('without a kept head the file that the newest backup was made of, or that went on since, is opened', async () => {
  const whole = await testWorkspace({ template: made });
  await whole.core.close();
  const { folder } = withoutHead(readFileSync(whole.files.live));
  const core = await openSeeded({ folder, seed: 7 });
  expect(core.client(core.session())).toBeDefined();
  await core.close();
});
