import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import type { At, list, Moment, current, range } from '#shared/contract/moments.ts';
import type { Target } from '#shared/domain/target.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { logFacets } from '../history/facets.ts';
import { listTransactions } from '../history/queries.ts';
import type { Services } from '../model/services.ts';
import { readPointDetails, checkpointNames, newestPoint, pointAt } from './point.ts';

/** Throws NOT_FOUND. */
export const resolvePoint = (db: ReadHandle, at: At): Moment => readPointDetails(db, pointAt(db, at).id);

/** The open point in time, if any, and the newest one. */
export function readOpenPoint({ home, moment, files }: Services): OutputOf<typeof current> {
  return {
    moment: moment && readPointDetails(home.read, moment.point.id),
    sandbox: sandboxOf(files.target),
    newest: readPointDetails(home.read, newestPoint(home.read).id),
  };
}

function sandboxOf(target: Target): string | null {
  if (target.kind === 'sandbox') return target.id;
  return target.kind === 'moment' ? target.sandbox : null;
}

/** Like `listTransactions`, with the names of checkpoints. Yields the number found. */
export function* listPoints(
  { home }: Services,
  request: InputOf<typeof list>,
): Generator<number, OutputOf<typeof list>, void> {
  const { rows, total } = yield* listTransactions(home.read, request, logFacets(home));
  const names = checkpointNames(home.read);
  return { total, rows: rows.map((row) => ({ ...row, checkpoints: names.get(row.id) ?? [] })) };
}

interface TransactionRow {
  id: number;
  created_at: string;
  changes: number;
}

const countQuery = 'SELECT count(*) AS n FROM audit_transactions';
const nextQuery = 'SELECT id, created_at, changes FROM audit_transactions WHERE id > ? ORDER BY id LIMIT ?';
const rowsPerStep = 4000;

/** The log in parts of equally many transactions. Yields the number read. */
export function* pointRange(
  db: ReadHandle,
  { buckets: bucketCount }: InputOf<typeof range>,
): Generator<number, OutputOf<typeof range>, void> {
  const total = db.get<{ n: number }>(countQuery)?.n ?? 0;
  const bucketSize = Math.max(1, Math.ceil(total / bucketCount));
  const buckets: OutputOf<typeof range>['buckets'] = [];
  let [done, lastId] = [0, 0];
  while (done < total) {
    const rows = db.all<TransactionRow>(nextQuery, [lastId, Math.min(rowsPerStep, total - done)]);
    if (rows.length === 0) break;
    for (const { id, created_at, changes } of rows) {
      if (done % bucketSize === 0)
        buckets.push({ at: id, from: created_at, until: created_at, transactions: 0, changes: 0 });
      const bucket = buckets.at(-1) as (typeof buckets)[number];
      bucket.at = id;
      bucket.until = created_at;
      bucket.transactions += 1;
      bucket.changes += changes;
      done += 1;
      lastId = id;
    }
    yield done;
  }
  return {
    first: resolvePoint(db, 'first'),
    last: readPointDetails(db, lastId),
    transactions: done,
    buckets,
  };
}
