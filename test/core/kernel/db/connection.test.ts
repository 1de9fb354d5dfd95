import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

interface Warning {
  fields: Readonly<Record<string, unknown>>;
  message: string;
}
function noting(): { log: Log; warnings: Warning[] } {
  const warnings: Warning[] = [];
  return {
    warnings,
    log: { ...silentLog, warn: (fields, message) => void warnings.push({ fields, message }) },
  };
}

describe('every connection', () => {
  test('checks references, syncs fully and keeps temporary data in memory', async () => {
    const workspace = await testWorkspace();
    for (const mode of ['read', 'write'] as const) {
      const connection = openConnection(workspace.files.live, { mode, log: silentLog });
      expect(connection.pragma('foreign_keys')).toBe(1);
      expect(connection.pragma('synchronous')).toBe(2);
      expect(connection.pragma('temp_store')).toBe(2);
      expect(connection.pragma('journal_mode')).toBe('wal');
      connection.close();
    }
  });

  test('core’s write connection waits without blocking the process, and checkpoints on request', async () => {
    const workspace = await testWorkspace();
    const { queue } = workspace.core.services;
    const session = workspace.core.session();
    const pragma = (name: string): Promise<unknown> =>
      queue.command(
        session,
        (write) => Object.values(write.db.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0],
      );
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(0);
    expect(await pragma('wal_autocheckpoint')).toBe(0);
  });

  test('refuses a reference to nothing when it commits', async () => {
    const workspace = await testWorkspace();
    const connection = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
    const insert = `INSERT INTO students (id, payload, created_at, updated_at) VALUES ('s', '{"university_id":"nope"}', 'now', 'now')`;
    expect(() => connection.write.run(insert)).toThrow('FOREIGN KEY constraint failed');
    connection.close();
  });
});

test('the handle of a query cannot write, whatever it tries', async () => {
  const workspace = await testWorkspace();
  const { read } = workspace.core.services;
  const attempts = [
    `INSERT INTO workspace (key, value) VALUES ('a', 'b') RETURNING key`,
    `UPDATE workspace SET value = 'x' RETURNING key`,
    `DELETE FROM audit_logs RETURNING id`,
    'CREATE TABLE mine (a)',
    'DROP TABLE teams',
    'PRAGMA user_version = 7',
    `ATTACH '${join(workspace.folder, 'other.sqlite')}' AS other`,
  ];
  const before = await workspace.verify();
  for (const sql of attempts) {
    const tries = [() => read.all(sql), () => read.get(sql), () => [...read.iterate(sql)]];
    for (const attempt of tries) expect(attempt, sql).toThrow(/readonly|read-only|does not return data/);
    expect(() => read.write.run(sql)).toThrow(/readonly|read-only|unable to open/);
  }
  expect(await workspace.verify()).toEqual(before);
});

describe('the slow-query log', () => {
  test('has the statement and its time, never its values', () => {
    const { log, warnings } = noting();
    const file = join(testFolder(), 'a.sqlite');
    const connection = openConnection(file, { mode: 'write', log, slowMs: -1, fileMustExist: false });
    connection.write.run('CREATE TABLE people (name TEXT)');
    connection.write.run('INSERT INTO people VALUES (?)', ['a secret name']);
    connection.get('SELECT name FROM people WHERE name = :name', { name: 'a secret name' });
    connection.close();
    expect(warnings.map(({ fields, message }) => [message, fields['sql']])).toEqual([
      ['slow statement', 'CREATE TABLE people (name TEXT)'],
      ['slow statement', 'INSERT INTO people VALUES (?)'],
      ['slow statement', 'SELECT name FROM people WHERE name = :name'],
    ]);
    for (const { fields } of warnings) expect(fields['ms']).toBeTypeOf('number');
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  test('is silent about fast ones', () => {
    const { log, warnings } = noting();
    const connection = openConnection(join(testFolder(), 'a.sqlite'), {
      mode: 'write',
      log,
      fileMustExist: false,
    });
    connection.get('SELECT 1 AS one');
    connection.close();
    expect(warnings).toEqual([]);
  });
});
