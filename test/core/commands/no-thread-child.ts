import { Checkpointer } from '#core/commands/checkpoint.ts';
import { openConnection } from '#core/db/connection.ts';
import { silentLog } from '#core/log.ts';

/** What became of a log that is too long to be folded in here, in a process that may not begin threads. */
export interface Folded {
  pages: number;
  folded: number;
  warnings: string[];
}

const [, , file = ''] = process.argv;
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
await checkpointer.close();
connection.close();
console.log(JSON.stringify({ pages: found?.log, folded: found?.checkpointed, warnings }));
