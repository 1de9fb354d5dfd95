import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Checkpointer } from '#core/commands/checkpoint.ts';
import { openConnection } from '#core/db/connection.ts';
import { silentLog } from '#core/log.ts';
import { testFolder } from '#test/support/folder.ts';

// As a system that has no room for another thread.
function none(): never {
  throw new Error('no more threads');
}
vi.mock('node:worker_threads', async (original) => ({ ...(await original<object>()), Worker: none }));

test('where no thread can be had, a long log is folded in here, and the log of the program says so', async () => {
  const file = join(testFolder(), 'plain.sqlite');
  const connection = openConnection(file, { mode: 'write', log: silentLog, fileMustExist: false });
  connection.pragma('journal_mode = WAL');
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec('CREATE TABLE much (bytes BLOB)');
  connection.exec('BEGIN');
  for (let row = 0; row < 600; row += 1) connection.exec('INSERT INTO much VALUES (randomblob(8000))');
  connection.exec('COMMIT');
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
  const checkpointer = new Checkpointer(connection, () => undefined, log);
  for (let commits = 0; commits < 256; commits += 1) checkpointer.later();
  for (let turns = 0; turns < 20 && warnings.length === 0; turns += 1)
    await new Promise((resolve) => setImmediate(resolve));
  const [found] = connection.raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  expect(found?.log).toBe(found?.checkpointed);
  expect(warnings).toEqual(['no thread to fold the log in']);
  await checkpointer.close();
  connection.close();
});
