import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';

/** A new file of SQLite's with so long a log that folding it in would hold others up. */
export function longLog(file: string): Connection {
  const connection = openConnection(file, { mode: 'write', log: silentLog, fileMustExist: false });
  connection.pragma('journal_mode = WAL');
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec('CREATE TABLE much (bytes BLOB)');
  connection.exec('BEGIN');
  for (let row = 0; row < 600; row += 1) connection.exec('INSERT INTO much VALUES (randomblob(8000))');
  connection.exec('COMMIT');
  return connection;
}

/** Pages of the log, and how many of them are in the file. */
export function pagesOf({ raw }: Connection): { log: number; folded: number } {
  const [found] = raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return { log: found?.log ?? 0, folded: found?.checkpointed ?? 0 };
}
