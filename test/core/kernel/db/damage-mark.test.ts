import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { refuseLogCorruption } from '#core/versions/check.ts';
import { corruptionKindsOf, findingOf } from '#core/kernel/db/corruption-kinds.ts';
import {
  isCorruptionRecorded,
  isLogCorruptionRecorded,
  recordCorruption,
  refuseRecordedCorruption,
} from '#core/kernel/db/corruption-guard.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemClock } from '#core/kernel/system.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('recorded corruption stays until a check could prove the file intact', { timeout: 30_000 }, async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const mark = join(workspace.folder, 'damaged.json');
  writeFileSync(mark, '{"version":1}\n');
  const look = (): void => refuseRecordedCorruption(workspace.files, silentLog);
  const other = new Database(workspace.files.live);
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  // Who opens it says that another program has it.
  expect(look).not.toThrow();
  other.exec('ROLLBACK');
  other.close();
  expect(existsSync(mark)).toBe(true);
  look();
  expect(existsSync(mark)).toBe(false);
  spoilTable(workspace.files.live, 'teams');
  writeFileSync(mark, '{"version":1}\n');
  expect(look).toThrow(/frames\.sqlite is corrupt/);
  expect(existsSync(mark)).toBe(true);
});

const checking = { log: silentLog, clock: systemClock };
const trigger = 'CREATE TRIGGER somebodys AFTER INSERT ON teams BEGIN SELECT 1; END';

/** Looks as who opens live does. */
async function lookAt({ files }: TestWorkspace): Promise<void> {
  refuseRecordedCorruption(files, silentLog);
  await refuseLogCorruption(files, checking);
}

async function closed() {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const mark = join(workspace.folder, 'damaged.json');
  return { workspace, mark, note: (text: string): void => writeFileSync(mark, text) };
}

test('each kind of corruption is recorded once, also after another kind, and checked separately', async () => {
  const { workspace, mark } = await closed();
  const { files } = workspace;
  for (const kind of ['pages', 'log', 'log', 'pages'] as const) recordCorruption(files, silentLog, kind);
  expect(readFileSync(mark, 'utf8').trim().split('\n')).toHaveLength(2);
  refuseRecordedCorruption(files, silentLog);
  expect([isCorruptionRecorded(files), isLogCorruptionRecorded(files)]).toEqual([true, true]);
  await refuseLogCorruption(files, checking);
  expect(isCorruptionRecorded(files)).toBe(false);
});

test('a broken history is recorded by verify and backup', async () => {
  const workspace = await testWorkspace({ template });
  workspace.raw((db) => db.exec(trigger));
  expect((await workspace.verify()).damage).toEqual(['log']);
  await expect(resultOf(await workspace.as().backups.create({}))).rejects.toThrow(/not ours/);
  expect(isLogCorruptionRecorded(workspace.files)).toBe(true);
  await workspace.core.close();
  await expect(lookAt(workspace)).rejects.toMatchObject({ data: { reason: 'damaged' } });
  expect(isCorruptionRecorded(workspace.files)).toBe(true);
  workspace.raw((db) => db.exec('DROP TRIGGER somebodys'));
  await lookAt(workspace);
  expect(isCorruptionRecorded(workspace.files)).toBe(false);
});

test.each([
  ['of the history, as the version before wrote it', '{"version":1,"what":"log"}\n'],
  ['that was not written to its end', '{"vers'],
  ['that is empty', ''],
  ['of a kind that is not known', '{"version":1,"what":"other"}\n'],
])('a note %s stays where the schema is wrong', async (_, text) => {
  const { workspace, mark, note } = await closed();
  workspace.raw((db) => db.exec(trigger));
  note(text);
  await expect(lookAt(workspace)).rejects.toThrow(/trigger somebodys is not ours/);
  expect(existsSync(mark)).toBe(true);
  workspace.raw((db) => db.exec('DROP TRIGGER somebodys'));
  await lookAt(workspace);
  expect(existsSync(mark)).toBe(false);
});

test('a broken history of an older schema is checked too', async () => {
  const { workspace, mark, note } = await closed();
  workspace.raw((db) => db.exec("UPDATE audit_logs SET actor = 'x' WHERE id = 3"));
  await olderSchema(workspace.files.live);
  note('{"version":1,"what":"log"}\n');
  await expect(lookAt(workspace)).rejects.toThrow(/another actor/);
  expect(existsSync(mark)).toBe(true);
});

async function olderSchema(file: string): Promise<void> {
  const db = openConnection(file, { mode: 'write', log: silentLog });
  await migrateTo(db, schemaVersion - 1);
  db.close();
}

test('a full or unreadable disk says nothing about the file; SQLite’s corruption errors do', () => {
  const kinds = (code: string) => corruptionKindsOf([findingOf(Object.assign(new Error(code), { code }))]);
  for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_READ', 'SQLITE_CANTOPEN', 'EACCES'])
    expect(kinds(code)).toEqual([]);
  for (const code of ['SQLITE_CORRUPT', 'SQLITE_CORRUPT_VTAB', 'SQLITE_NOTADB'])
    expect(kinds(code)).toEqual(['pages']);
});
