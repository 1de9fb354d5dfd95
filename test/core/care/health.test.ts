import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Health } from '#shared/contract/care.ts';
import { checkClosedHealth } from '#core/care/health.ts';
import { corruptionOf } from '#core/care/corruption-of-findings.ts';
import { isCorruptionRecorded, isLogCorruptionRecorded } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { createLog, silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { backUp } from '#test/support/backup.ts';
import { attach, storedPath } from '#test/support/documents/attach.ts';
import { openAt } from '#test/support/moments.ts';
import { bytesIn, restoreHere } from '#test/support/restore.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { TestClock } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const open = (): Promise<TestWorkspace> => testWorkspace({ template });
const day = 86_400_000;

const codes = ({ findings }: Health): Record<string, string> =>
  Object.fromEntries(findings.map(({ id, code }) => [id, code]));

/** What is found in a folder that nobody has open, and that looking changed nothing in it. */
async function closed(folder: string, more: { clock?: TestClock; free?: number } = {}): Promise<Health> {
  const before = bytesIn(folder);
  const { clock = systemClock, free } = more;
  const found = await checkClosedHealth({
    files: workspaceFiles(folder),
    clock,
    log: silentLog,
    full: true,
    ...(free === undefined ? {} : { freeBytesOf: () => Promise.resolve(free) }),
  });
  expect(bytesIn(folder)).toEqual(before);
  return found;
}

describe('the last backup', () => {
  test('is the first one in Backups, also after a restore; the one with all current records is named', async () => {
    const workspace = await open();
    const { id, made } = await backUp(workspace);
    await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
    await workspace.core.close();
    const { safety } = await restoreHere(workspace.folder, id);
    await workspace.reopen();
    const last = async () =>
      (await resultOf(await workspace.as().care.health({}))).findings.find((one) => one.id === 'backup');
    expect(await last()).toMatchObject({
      state: 'good',
      code: 'backup.replaced',
      params: { id: safety, since: made },
    });
    await workspace.as().entities.create({ type: 'team', data: { name: 'Later' } });
    expect(await last()).toMatchObject({ code: 'backup.apart', params: { id: safety } });
    const next = await backUp(workspace);
    expect(await last()).toMatchObject({ code: 'backup.current', params: { id: next.id } });
  });

  test('is reported without a check as in the health, and in Play and the past as far as known', async () => {
    const workspace = await open();
    const { id } = await backUp(workspace);
    await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
    const { findings } = await resultOf(await workspace.as().care.health({}));
    const told = await workspace.as().care.backups({});
    expect(told.map(({ id: one }) => one)).toEqual(['place', 'backup', 'verified']);
    for (const { id: of, code, state } of told)
      expect(findings).toContainEqual(expect.objectContaining({ id: of, code, state }));
    const play = await openSandbox(workspace, (await take(workspace.as(), 'Try')).id);
    const there = { code: 'backup.there', params: { id } };
    expect((await clientOf(play).care.backups({}))[1]).toMatchObject(there);
    await play.close();
    const then = await openAt(workspace, 'now');
    expect((await clientOf(then).care.backups({}))[1]).toMatchObject(there);
    rmSync(workspace.files.backups, { recursive: true });
    writeFileSync(workspace.files.backups, 'in the way');
    expect(await workspace.as().care.backups({})).toMatchObject([{ code: 'place.missing' }]);
  });
});

describe('the health of a workspace', () => {
  test('warns if the newest backup lacks files of documents, until a backup has them', async () => {
    const workspace = await open();
    const backup = async () =>
      (await resultOf(await workspace.as().care.health({}))).findings.find(({ id }) => id === 'backup');
    const { record } = await attach(workspace, 'notes.txt', 'Restart it.');
    await backUp(workspace);
    expect(await backup()).toMatchObject({ state: 'good', code: 'backup.current' });
    writeFileSync(storedPath(workspace, record), 'Restart it!');
    const { id } = await backUp(workspace);
    expect(await backup()).toMatchObject({ state: 'warn', code: 'backup.lacking', params: { id, count: 1 } });
    writeFileSync(storedPath(workspace, record), 'Restart it.');
    expect(await backup()).toMatchObject({ state: 'warn', code: 'backup.lacking' });
    await backUp(workspace);
    expect(await backup()).toMatchObject({ state: 'good', code: 'backup.current' });
  });

  test('has no good news of checks without a backup', async () => {
    const found = codes(await resultOf(await (await open()).as().care.health({})));
    expect([found['backup'], found['verified']]).toEqual(['backup.none', undefined]);
  });

  test('reports the age of the newest backup', async () => {
    const workspace = await open();
    const newest = async () =>
      (await resultOf(await workspace.as().care.health({}))).findings.find(({ id }) => id === 'backup');
    expect(await newest()).toMatchObject({ state: 'warn', code: 'backup.none' });
    const { id } = await backUp(workspace, { clock: workspace.clock });
    await workspace.as().entities.create({ type: 'team', data: { name: 'Later' } });
    expect(await newest()).toMatchObject({ state: 'good', code: 'backup.recent', params: { id } });
    workspace.clock.time += 3 * day;
    expect(await newest()).toMatchObject({ state: 'warn', code: 'backup.old', params: { id } });
    writeFileSync(join(workspace.files.backups, `${id}.frames`), '{');
    expect(await newest()).toMatchObject({ code: 'backup.none' });
    const found = codes(await resultOf(await workspace.as().care.health({})));
    expect(found['verified']).toBe('verified.damaged');
  });

  test('counts the entries of the log that were lost in the last week, written since or not', async () => {
    const { folder } = await open();
    const files = workspaceFiles(folder);
    rmSync(files.logs, { recursive: true, force: true });
    const clock = new TestClock();
    const file = join(files.logs, 'frames.log');
    const log = createLog({ file });
    const found = async () =>
      (await checkClosedHealth({ files, clock, log, full: false })).findings.find(({ id }) => id === 'log');
    expect(await found()).toMatchObject({ state: 'good', code: 'log.complete', params: { count: 0 } });
    mkdirSync(file, { recursive: true });
    log.info({}, 'one');
    log.info({}, 'two');
    expect(await found()).toMatchObject({ state: 'warn', code: 'log.unreadable' });
    rmSync(file, { recursive: true });
    expect(await found()).toMatchObject({ state: 'warn', code: 'log.lost', params: { count: 2 } });
    log.info({}, 'three');
    expect(await found()).toMatchObject({ state: 'warn', code: 'log.lost', params: { count: 2 } });
    clock.time = Date.now() + 8 * day;
    expect(await found()).toMatchObject({ state: 'good', code: 'log.complete' });
  });

  test('reports corruption in a file of an older schema', async () => {
    const workspace = await open();
    const { folder, files } = workspace;
    await workspace.core.close();
    const ids = createIds(systemClock, systemRandom);
    const holder = { kind: 'test', label: 'a test' } as const;
    await migrateWorkspace({ workspace: folder, target: 1, clock: systemClock, ids, log: silentLog, holder });
    const older = { file: 'file.older', integrity: 'integrity.whole' };
    expect(codes(await closed(folder))).toMatchObject(older);
    const bytes = readFileSync(files.live);
    bytes.fill(0xa5, 20 * 4096, 40 * 4096);
    writeFileSync(files.live, bytes);
    expect(await closed(folder)).toMatchObject({ state: 'bad' });
  });

  test('reports a clock that is behind the log', async () => {
    const workspace = await open();
    await workspace.core.close();
    const found = await closed(workspace.folder, { clock: new TestClock(Date.UTC(2020, 0, 1)) });
    expect(codes(found)).toMatchObject({ clock: 'clock.behind' });
  });

  test('reports a full or nearly full disk', async () => {
    const workspace = await open();
    await workspace.core.close();
    expect(codes(await closed(workspace.folder, { free: 1000 }))).toMatchObject({ disk: 'disk.full' });
    expect(codes(await closed(workspace.folder, { free: 50_000_000 }))).toMatchObject({ disk: 'disk.low' });
    expect(codes(await closed(workspace.folder, { free: 1e12 }))).toMatchObject({ disk: 'disk.free' });
  });

  test('reports whether recorded corruption is still present, if the file can be checked', async () => {
    const workspace = await open();
    await workspace.core.close();
    writeFileSync(join(workspace.folder, 'damaged.json'), '{"version":1}');
    expect(codes(await closed(workspace.folder))).toMatchObject({ noted: 'noted.whole' });
    workspace.raw((db) => db.pragma('user_version = 99'));
    expect(codes(await closed(workspace.folder))).toMatchObject({
      file: 'file.newer',
      noted: 'noted.unknown',
    });
    workspace.raw((db) => db.pragma(`user_version = ${schemaVersion}`));
    workspace.raw((db) => db.exec("UPDATE audit_logs SET entity_id = 'x' WHERE id = 3"));
    expect(codes(await closed(workspace.folder))).toMatchObject({
      chain: 'chain.broken',
      noted: 'noted.damaged',
    });
  });

  test('reports records that differ from the log in a full check', async () => {
    const workspace = await open();
    await workspace.core.close();
    workspace.raw((db) => db.exec("UPDATE teams SET payload = json_set(payload, '$.name', 'Other')"));
    const found = await closed(workspace.folder);
    expect([found.state, codes(found)]).toMatchObject(['bad', { chain: 'chain.differs' }]);
  });

  test('checks the schema too if its corruption was recorded', async () => {
    const workspace = await open();
    await workspace.core.close();
    writeFileSync(join(workspace.folder, 'damaged.json'), '{"version":1,"what":"log"}\n');
    workspace.raw((db) => db.exec('CREATE INDEX somebodys ON teams (id)'));
    expect(codes(await closed(workspace.folder))).toMatchObject({ noted: 'noted.whole' });
    workspace.raw((db) => db.exec('CREATE VIEW somebodys_view AS SELECT * FROM teams'));
    const found = await closed(workspace.folder);
    expect([found.state, codes(found)]).toMatchObject(['bad', { noted: 'noted.damaged' }]);
  });

  test('records each kind of corruption that makes the file untrustworthy', async () => {
    const workspace = await open();
    const health = async () => corruptionOf(await resultOf(await workspace.as().care.health({})));
    const noted = () => [isCorruptionRecorded(workspace.files), isLogCorruptionRecorded(workspace.files)];
    workspace.raw((db) => db.exec('CREATE INDEX somebodys ON teams (id)'));
    expect([await health(), noted()]).toEqual([[], [false, false]]);
    workspace.raw((db) => db.exec("UPDATE audit_logs SET entity_id = 'x' WHERE id = 3"));
    expect([await health(), noted()]).toEqual([['log'], [true, true]]);
  });

  test('reports a log whose end is missing, without a stored head, or changed', async () => {
    const workspace = await open();
    await workspace.as().entities.create({ type: 'team', data: { name: 'Last' } });
    await workspace.core.close();
    const cut = `DELETE FROM audit_logs WHERE id >= (SELECT max(id) FROM audit_transactions);
      DELETE FROM audit_transactions WHERE id = (SELECT max(id) FROM audit_transactions)`;
    workspace.raw((db) => db.exec(cut));
    expect(codes(await closed(workspace.folder))).toMatchObject({ head: 'head.cut', chain: 'chain.differs' });
    rmSync(workspace.files.head);
    expect(codes(await closed(workspace.folder))).toMatchObject({ head: 'head.missing' });
    workspace.raw((db) => db.exec("UPDATE audit_logs SET entity_id = 'x' WHERE id = 3"));
    expect(codes(await closed(workspace.folder))).toMatchObject({ chain: 'chain.broken' });
  });

  test.each([
    ['missing', (live: string) => rmSync(live)],
    ['empty', (live: string) => truncateSync(live, 0)],
    ['foreign', (live: string) => writeFileSync(live, 'My own notes, and no database of anybody.')],
    ['foreign', (live: string) => (rmSync(live), mkdirSync(live))],
  ])('is told also where the file is %s', async (what, spoil) => {
    const workspace = await open();
    const { id } = await backUp(workspace);
    await workspace.core.close();
    spoil(workspace.files.live);
    const found = await closed(workspace.folder);
    expect(found.state).toBe('bad');
    expect(codes(found)).toMatchObject({ file: `file.${what}`, backup: 'backup.there' });
    expect(found.findings.find((one) => one.id === 'backup')?.params).toMatchObject({ id });
  });

  test('of a file that was cut off is bad, wherever that was', async () => {
    const workspace = await open();
    await workspace.core.close();
    for (const kept of [200_000, 100_000, 40_000, 5000, 100]) {
      truncateSync(workspace.files.live, kept);
      expect((await closed(workspace.folder)).state).toBe('bad');
    }
  });
});
