import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { lockShared } from '#core/kernel/db/lock.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { previewSalvage } from '#core/salvage/run.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { systemServices } from '#core/kernel/system.ts';
import { runHere } from '#test/cli/frames.ts';
import { backUp } from '#test/support/backup.ts';
import { backupFilePattern } from '#shared/domain/workspace-files.ts';
import { restoreHere } from '#test/support/restore.ts';
import { clientOf, filesOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { healthByCommand, verifyByCommand } from '../../../damage/commands.ts';
import { openByData } from '../../../damage/opening.ts';

const template = await makeTemplate(preparePeople);
const other = await makeTemplate((workspace) =>
  workspace.as().entities.create({ type: 'university', id: 'uni-z', data: { name: 'Other' } }),
);

/** A closed workspace with some teams, beside which the log lies that another one has while it is open. */
async function withLogOf(from: typeof template, { teams, theirs }: { teams: number; theirs: number }) {
  const mine = await testWorkspace({ template });
  for (let at = 0; at < teams; at += 1)
    await mine.as().entities.create({ type: 'team', id: `t${at}`, data: { name: 'x'.repeat(300) } });
  await backUp(mine);
  await mine.core.close();
  const another = await testWorkspace({ template: from });
  for (let at = 0; at < theirs; at += 1)
    await another.as().entities.create({ type: 'university', id: `u${at}`, data: { name: `Other ${at}` } });
  const folder = join(testFolder(), 'w');
  cpSync(mine.folder, folder, { recursive: true });
  rmSync(join(folder, 'holders'), { recursive: true, force: true });
  copyLog(another.files.live, join(folder, 'frames.sqlite'));
  return folder;
}

/** By another process: to read the file here would take SQLite's locks from it. */
const copyLog = (from: string, to: string): void => void execFileSync('cp', [`${from}-wal`, `${to}-wal`]);

/** The bytes of a file and of the log beside it. */
/** As text: Vitest compares buffers a byte at a time. */
const bothOf = (file: string) => [readFileSync(file, 'latin1'), readFileSync(`${file}-wal`, 'latin1')];

const isOfAnother: unknown = expect.stringMatching(/^The log of frames\.sqlite belongs to another file/);

const cases = [
  ['of a workspace of the same birth', template, { teams: 60, theirs: 10 }],
  ['of one that has all of its pages in the log', template, { teams: 5, theirs: 200 }],
  ['of another workspace', other, { teams: 60, theirs: 60 }],
  ['of one with a few changes', other, { teams: 20, theirs: 2 }],
] as const;

test.each(cases)('a log %s is refused, and nothing of either is touched', async (_, from, sizes) => {
  const folder = await withLogOf(from, sizes);
  const live = join(folder, 'frames.sqlite');
  const bytes = readFileSync(live);
  const log = readFileSync(`${live}-wal`);
  const { said } = await openByData(folder);
  expect(said).toMatchObject({ kind: 'failed', reason: 'strange_log', refused: { message: isOfAnother } });
  expect(await healthByCommand(folder)).toEqual(['file.strange_log']);
  expect(await verifyByCommand(folder)).toEqual([isOfAnother]);
  expect(readFileSync(live).equals(bytes)).toBe(true);
  expect(readFileSync(`${live}-wal`).equals(log)).toBe(true);
  // As it says.
  rmSync(`${live}-wal`);
  rmSync(`${live}-shm`, { force: true });
  const { read } = await openByData(folder);
  expect(read).toMatchObject({ records: { 'team, how many': sizes.teams + 2 } });
});

describe('a log of another file is found, and nothing of either is touched,', () => {
  const sizes = { teams: 5, theirs: 200 };

  test.each([
    [
      'whoever is said to have it open',
      (folder: string) => {
        // As after a restart of the computer: the number is another program's by now.
        const note = {
          kind: 'window',
          label: 'FRAMES window',
          pid: process.ppid,
          since: '2026-01-01T00:00:00.000Z',
        };
        mkdirSync(join(folder, 'holders'));
        writeFileSync(
          join(folder, 'holders', `${process.ppid}-abc.json`),
          JSON.stringify({ ...note, writing: null }),
        );
      },
    ],
    [
      'whoever looks at it just then',
      (folder: string) => {
        const lock = lockShared(workspaceFiles(folder).lock);
        onTestFinished(() => lock.release());
      },
    ],
  ])('%s', async (_, meanwhile) => {
    const folder = await withLogOf(template, sizes);
    const live = join(folder, 'frames.sqlite');
    const before = bothOf(live);
    meanwhile(folder);
    const { said } = await openByData(folder);
    expect(said).toMatchObject({ kind: 'failed', reason: 'strange_log', refused: { message: isOfAnother } });
    expect(bothOf(live)).toEqual(before);
    expect(readdirSync(folder)).not.toContain('moments');
  });

  test('before its schema is migrated', async () => {
    const folder = await withLogOf(template, sizes);
    const live = join(folder, 'frames.sqlite');
    const theirs = join(testFolder(), 'theirs.sqlite');
    rmSync(`${live}-wal`);
    await bringBack(live);
    const another = await testWorkspace({ template });
    for (let at = 0; at < 20; at += 1)
      await another.as().entities.create({ type: 'university', id: `u${at}`, data: { name: `Other ${at}` } });
    await another.core.close();
    cpSync(another.files.live, theirs);
    await bringBack(theirs);
    const open = openConnection(theirs, { mode: 'write', log: silentLog });
    onTestFinished(() => open.close());
    open.pragma('journal_mode = WAL');
    open.pragma('wal_autocheckpoint = 0');
    open.exec('VACUUM');
    copyLog(theirs, live);
    const before = bothOf(live);
    const { said } = await openByData(folder);
    expect(said).toMatchObject({ kind: 'failed', reason: 'strange_log', refused: { message: isOfAnother } });
    await expect(migrateHere(folder)).rejects.toMatchObject({ message: isOfAnother });
    expect(bothOf(live)).toEqual(before);
  });

  test.each([
    ['of the same birth', template],
    ['of another workspace', other],
  ])('and restoring a backup moves both aside as they are: %s', async (_, from) => {
    const folder = await withLogOf(from, sizes);
    const before = bothOf(join(folder, 'frames.sqlite'));
    const [id = ''] = readdirSync(join(folder, 'backups')).flatMap(
      (name) => backupFilePattern.exec(name)?.[1] ?? [],
    );
    const { safety, displaced } = await restoreHere(folder, id, { actor: null });
    const aside: unknown = expect.stringMatching(/^displaced-/);
    expect({ safety, displaced }).toEqual({ safety: null, displaced: aside });
    expect(bothOf(join(folder, 'backups', displaced ?? '', 'frames.sqlite'))).toEqual(before);
    const { read } = await openByData(folder);
    expect(read).toMatchObject({ records: { 'team, how many': sizes.teams + 2 } });
  });

  test('and salvage reads the file without it', async () => {
    const folder = await withLogOf(other, sizes);
    const report = await previewSalvage({ ...howIn(), folder, owner: 'Somebody' });
    expect(report).toMatchObject({ whole: true, left: [], tables: { teams: { now: sizes.teams + 2 } } });
  });

  test('beside a sandbox', async () => {
    const mine = await testWorkspace({ template });
    const { id } = await take(mine.as(), 'Try');
    const { data } = filesOf(mine, id);
    const play = await openSandbox(mine, id);
    await clientOf(play).entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
    await play.close();
    const another = await testWorkspace({ template });
    for (let at = 0; at < 200; at += 1)
      await another.as().entities.create({ type: 'university', id: `u${at}`, data: { name: `Other ${at}` } });
    copyLog(another.files.live, data);
    const before = bothOf(data);
    const message: unknown = expect.stringContaining(
      `${id}.sqlite is corrupt: its log belongs to another file`,
    );
    await expect(openSandbox(mine, id)).rejects.toMatchObject({ code: 'WORKSPACE', message });
    expect(await mine.as().sandboxes.list({})).toMatchObject([{ id, problem_code: 'damaged' }]);
    expect(bothOf(data)).toEqual(before);
  });
});

const howIn = () => ({
  ...systemServices(),
  log: silentLog,
  holder: { kind: 'test', label: 'a test' } as const,
  onProgress: () => {},
  signal: new AbortController().signal,
});

/** Brings a closed file to the schema before today's. */
async function bringBack(file: string): Promise<void> {
  const db = openConnection(file, { mode: 'write', log: silentLog });
  try {
    db.pragma('journal_mode = DELETE');
    await migrateTo(db, schemaVersion - 1);
  } finally {
    db.close();
  }
}

const migrateHere = (workspace: string) =>
  migrateWorkspace({
    workspace,
    target: schemaVersion,
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'test', label: 'a test' },
  });

test('a file without its beginning leads to recovery, also with its own log', async () => {
  const mine = await testWorkspace({ template });
  await mine.core.close();
  // A change that needs no new page leaves the first one out of the log.
  const db = new Database(mine.files.live);
  db.pragma('journal_mode = WAL');
  db.prepare("UPDATE teams SET updated_at = '2030-01-01T00:00:00.000Z' WHERE id = 'team-a'").run();
  const folder = join(testFolder(), 'w');
  execFileSync('cp', ['-r', mine.folder, folder]);
  db.close();
  rmSync(join(folder, 'holders'), { recursive: true, force: true });
  const live = join(folder, 'frames.sqlite');
  writeFileSync(live, readFileSync(live).fill(0xa5, 0, 4096));
  expect(readFileSync(`${live}-wal`).length).toBeGreaterThan(0);
  const { said } = await openByData(folder);
  expect(said).toMatchObject({ kind: 'failed', reason: 'foreign' });
});

test('a file in the place of the board is named', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  rmSync(workspace.files.holders, { recursive: true, force: true });
  writeFileSync(workspace.files.holders, '');
  const { said } = await openByData(workspace.folder);
  const message: unknown = expect.stringMatching(
    /^holders cannot be opened: it is not what FRAMES keeps there/,
  );
  expect(said).toMatchObject({ kind: 'failed', reason: 'unreadable', refused: { message } });
  expect(existsSync(workspace.files.holders)).toBe(true);
});

test('accepting the file, and vacuuming it, name the log and the way out', async () => {
  const folder = await withLogOf(other, { teams: 20, theirs: 2 });
  for (const argv of [['accept'], ['accept', '--yes'], ['vacuum', '--yes']]) {
    const { code, stderr } = await runHere(folder, [...argv, '--workspace', folder]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The log of frames\.sqlite belongs to another file.*“frames salvage”/);
  }
});
