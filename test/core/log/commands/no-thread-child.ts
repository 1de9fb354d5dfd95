import { Checkpointer } from '#core/log/commands/checkpointer.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { longLog, pagesOf } from './long-log.ts';

/** What became of a log that is too long to be folded in here, in a process that may not begin threads. */
export interface Folded {
  log: number;
  folded: number;
  warnings: string[];
}

const [, , file = ''] = process.argv;
const connection = longLog(file);
const warnings: string[] = [];
const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
const checkpointer = new Checkpointer(connection, () => undefined, log);
for (let commits = 0; commits < 256; commits += 1) checkpointer.scheduleAfterCommit();
for (let turns = 0; turns < 20 && warnings.length === 0; turns += 1)
  await new Promise((resolve) => setImmediate(resolve));
const pages = pagesOf(connection);
await checkpointer.close();
connection.close();
console.log(JSON.stringify({ ...pages, warnings } satisfies Folded));
