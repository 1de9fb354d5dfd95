import { DatabaseSync } from 'node:sqlite';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveTask } from '#core/kernel/processes/serve-task.ts';
import { implementTask } from '#core/kernel/processes/task.ts';
import * as tasks from './task-names.ts';

// A program of tasks that end in every way.
const loop = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n';
const growing =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) SELECT randomblob(1000) AS b FROM n ORDER BY b';

function query(sql: string, store: 'MEMORY' | 'FILE' = 'MEMORY'): unknown {
  const db = new DatabaseSync(':memory:');
  db.exec(`PRAGMA temp_store = ${store}`);
  return db.prepare(sql).all();
}

await serveTask(
  [
    implementTask(tasks.echo, () => Promise.resolve((input) => input)),
    implementTask(tasks.environment, () =>
      Promise.resolve((_, folder) => {
        writeFileSync(join(folder, 'left-behind'), 'x');
        return { folder, names: Object.keys(process.env), cwd: process.cwd() };
      }),
    ),
    implementTask(tasks.endless, () =>
      Promise.resolve((_, folder) => {
        writeFileSync(join(folder, 'began'), '');
        return query(loop);
      }),
    ),
    implementTask(tasks.greedy, () => Promise.resolve(() => query(growing))),
    implementTask(tasks.spilling, () => Promise.resolve(() => query(growing, 'FILE'))),
    implementTask(tasks.crash, () => Promise.resolve(() => process.kill(process.pid, 'SIGSEGV'))),
    implementTask(tasks.silent, () => Promise.resolve(() => process.exit(0))),
    implementTask(tasks.refuse, () =>
      Promise.resolve(() => {
        throw Object.assign(new Error('no'), { code: 'NOT_ALLOWED' });
      }),
    ),
  ],
  process.argv.at(-1) ?? '',
);
process.exit(0);
