import type { LogHead } from '#shared/contract/compare.ts';
import type { DifferingRef } from '#shared/contract/fault-data.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { recordIdsBetween } from '../log/records-before.ts';
import { readTitle, readUniversityTitle } from '../model/titles.ts';

const endQuery = 'SELECT hash, id + changes AS end FROM audit_transactions WHERE id = ?';

/** Ids of the records changed since a transaction. Null if the log lacks it: the file was replaced. Yields the number of rows read. */
export function* changedSince(
  db: ReadHandle,
  seen: LogHead,
): Generator<number, ReadonlySet<string> | null, void> {
  const transaction = db.get<{ hash: string; end: number }>(endQuery, [seen.id]);
  if (transaction?.hash !== seen.hash) return null;
  const idsByType = yield* recordIdsBetween(db, transaction.end);
  return new Set([...idsByType.values()].flatMap((ids) => [...ids]));
}

/** Like `changedSince`; without a transaction, nothing counts as changed. Throws MOVED_ON if the file was replaced. */
export function* changedSinceSeen(
  db: ReadHandle,
  seen: LogHead | undefined,
): Generator<number, ReadonlySet<string>, void> {
  const changedIds = seen ? yield* changedSince(db, seen) : new Set<string>();
  if (!changedIds) throw movedOnFault([]);
  return changedIds;
}

/** Throws MOVED_ON with current titles if any of these records changed. */
export function refuseChanged(
  db: ReadHandle,
  records: Iterable<{ type: AuditedType | null; id: string }>,
  changedIds: ReadonlySet<string>,
): void {
  const changedRecords = [...records].filter(({ id }) => changedIds.has(id));
  if (changedRecords.length === 0) return;
  throw movedOnFault(
    changedRecords.map(({ type, id }) => {
      const record = type === null ? locateRecord(db, id) : locateIn(db, type, id);
      if (!record) return { type: type ?? '', id, title: id, field: null };
      const title = readTitle(db, record.type, record.payload);
      return { type: record.type, id, title, university: readUniversityTitle(db, record), field: null };
    }),
  );
}

export function movedOnFault(records: readonly DifferingRef[]): Fault<'MOVED_ON'> {
  return new Fault('MOVED_ON', { records: [...records] });
}

export function undecidedFault(conflicts: readonly DifferingRef[]): Fault<'UNDECIDED'> {
  return new Fault('UNDECIDED', { conflicts: [...conflicts] });
}
