import { openDatabase } from '#server/db/database.ts';
import { ServerJobQueue } from '#server/jobs/queue.ts';
import type { Lease } from '#shared/domain/jobs.ts';
import { Child } from '#test/support/child.ts';
import type { JobRow, KillSite } from './kills.ts';

const worker = new URL('./server-worker.ts', import.meta.url);

/** A migrated database of a server; effects are rows of a table of their own. */
export async function postgresSite(url: string, lease: number): Promise<KillSite> {
  const database = openDatabase(url, 5);
  await database.run('CREATE TABLE effects (name text NOT NULL)');
  const queue = new ServerJobQueue(database);
  return {
    start: (mode) => new Child(worker, [url, String(lease), ...(mode === undefined ? [] : [mode])]),
    async openJobs() {
      const row = await database.get<{ n: number }>(
        `SELECT count(*) AS n FROM queued_jobs WHERE state IN ('pending', 'running', 'failed')`,
      );
      return row?.n ?? 0;
    },
    enqueue: (input, priority) => queue.enqueue({ kind: 'count', input, maxAttempts: 3, priority }),
    heldBy: (name) =>
      database.all<Lease>(`SELECT id, token FROM queued_jobs WHERE state = 'running' AND worker = $1`, [
        name,
      ]),
    isHeld: (held) => queue.holds(held),
    jobs: () =>
      database.all<JobRow>(
        `SELECT id, state, attempts, max_attempts, (input ->> 'steps')::integer AS steps, coalesce(checkpoint::integer, 0) AS checkpoint
         FROM queued_jobs WHERE kind = 'count'`,
      ),
    effects: async () =>
      (await database.all<{ name: string }>('SELECT name FROM effects')).map(({ name }) => name),
    problems: async () => [],
    close: () => database.close(),
  };
}
