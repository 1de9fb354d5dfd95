/**
 * A process that runs test jobs of a server's database until it is killed, or with `empty` until there are none: as `worker.ts`.
 *
 * Arguments: address of the database, milliseconds of a lease, `empty` or nothing.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#server/db/database.ts';
import { ServerJobQueue } from '#server/jobs/queue.ts';
import { ServerJobRunner } from '#server/jobs/runner.ts';
import type { ServerJobKind } from '#server/jobs/runner.ts';

const [url = '', leaseText = '', mode] = process.argv.slice(2);
const lease = Number(leaseText);
const database = openDatabase(url, 5);
const queue = new ServerJobQueue(database);

const count: ServerJobKind = {
  maxAttempts: 3,
  async run({ job }) {
    const { steps, pause } = job.input as { steps: number; pause: number };
    for (let step = Number(job.checkpoint ?? 0); step < steps; step++) {
      await sleep(pause);
      await queue.write(job, async (sql, { save, complete }) => {
        await sql.run('INSERT INTO effects (name) VALUES ($1)', [`${job.id}/${step}`]);
        await (step + 1 === steps ? complete(steps) : save(step + 1));
      });
    }
    return null;
  },
};

const log = { info: () => {}, error: () => {} };
const times = { lease, heartbeat: lease / 3 };
const runner = new ServerJobRunner({
  queue,
  kinds: { count },
  log,
  now: Date.now,
  times,
  pollInterval: 25,
}).start();
writeSync(1, `${JSON.stringify({ ready: process.pid })}\n`);
const open = `SELECT count(*) AS n FROM queued_jobs WHERE state IN ('pending', 'running', 'failed')`;
if (mode === 'empty') while (((await database.get<{ n: number }>(open))?.n ?? 0) > 0) await sleep(25);
// Else until it is killed.
else await sleep(3_600_000);
await runner.stop();
await database.close();
