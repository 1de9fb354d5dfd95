import type { PoolClient } from 'pg';
import type { Json } from '#shared/domain/json.ts';
import type { Services } from '../context.ts';
import type { Database } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { sweepFiles } from '../files/store.ts';
import type { ServerJobKind } from '../jobs/runner.ts';

/** The kind of the job that removes what an erasure left in Postgres. */
export const removalKind = 'remove_old_versions';
/** With the delays between attempts, about a day: a transaction that is open longer is a fault, which the dead job reports. */
export const removalAttempts = 150;

/** After an erasure, Postgres keeps the old versions of rows until a vacuum, and longer if an open transaction can still see them. */
export const removalJobKind = ({ database }: Pick<Services, 'database'>): ServerJobKind => ({
  maxAttempts: removalAttempts,
  async run({ job, queue, signal }): Promise<Json> {
    // In case the server ended between the erasure and its own sweep.
    await sweepFiles({ database }, isoTime(0));
    const { tables } = job.input as { tables: string[] };
    // Later attempts keep the transaction of the first, so that the end of all transactions that were open then is enough.
    const { before } = (job.checkpoint as { before: string } | null) ?? {
      before: await currentTransaction(database),
    };
    await queue.write(job, (_, { save }) => save({ before }));
    await removeOldVersions(database, { tables, before }, signal);
    return { tables };
  },
});

export async function currentTransaction(database: Database): Promise<string> {
  const row = await database.get<{ now: string }>('SELECT pg_current_xact_id()::text AS now');
  return row?.now ?? '0';
}

/** Vacuums the tables. Throws if Postgres kept row versions that were removed by transactions before `before`. */
export async function removeOldVersions(
  database: Database,
  { tables, before }: { tables: readonly string[]; before: string },
  signal: AbortSignal,
): Promise<void> {
  const client = await database.pool.connect();
  const kept: string[] = [];
  try {
    for (const table of tables) {
      signal.throwIfAborted();
      const cutoffs = await vacuum(client, table);
      const isClean = cutoffs.length > 0 && cutoffs.every((cutoff) => isAtLeast(cutoff, BigInt(before)));
      if (!isClean) kept.push(table);
    }
  } finally {
    client.release();
  }
  if (kept.length > 0)
    throw new Error(
      `old row versions are left in ${kept.join(', ')}: an open transaction can still see them`,
    );
}

/** Vacuums a table with its indexes. Returns the oldest transaction that Postgres had to keep, for the table and its overflow table. */
async function vacuum(client: PoolClient, table: string): Promise<bigint[]> {
  const reports: string[] = [];
  const listen = ({ message }: { message?: string | undefined }): void => void reports.push(message ?? '');
  client.on('notice', listen);
  try {
    // Without INDEX_CLEANUP, Postgres leaves a few removed rows in the indexes, which hold names.
    await client.query(`VACUUM (VERBOSE, INDEX_CLEANUP ON) ${client.escapeIdentifier(table)}`);
  } finally {
    client.off('notice', listen);
  }
  return reports.flatMap((report) => cutoffIn(report) ?? []);
}

/**
 * Reads "removable cutoff: N, which was M XIDs old" of a report. Postgres translates reports, so lines are known by their numbers: after the
 * line of row counts (three numbers, no percentage) comes the cutoff. Rows that were missed because others used their page come in between;
 * their count is lower than any transaction.
 */
function cutoffIn(report: string): bigint | null {
  const numbers = report
    .split('\n')
    .slice(1)
    .filter((line) => !line.includes('%'))
    .map((line) => line.match(/\d+/g) ?? []);
  const counts = numbers.findIndex((line) => line.length === 3);
  const cutoff = counts < 0 ? undefined : numbers[counts + 1]?.[0];
  return cutoff === undefined ? null : BigInt(cutoff);
}

/** Compares numbers of transactions, of which reports have the lower 32 bits. */
const isAtLeast = (cutoff: bigint, transaction: bigint): boolean =>
  BigInt.asIntN(32, cutoff - transaction) >= 0n;
