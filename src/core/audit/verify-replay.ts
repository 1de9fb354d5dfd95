import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { Connection } from '../db/connection.ts';
import { foldRow } from './fold.ts';
import type { FoldedRecord, FoldedRow } from './fold.ts';
import { Problems } from './problems.ts';

type LogRow = [
  entity: string,
  type: string,
  action: FoldedRow['action'],
  before: string | null,
  after: string | null,
  created_at: string,
];
type LiveRow = [
  id: string,
  type: string,
  payload: string,
  created_at: string,
  updated_at: string,
  deleted_at: string | null,
];

export interface ReplayReport {
  ok: boolean;
  records: number;
  problems: string[];
}

const history = `SELECT entity_id, entity_type, action, payload_before, payload_after, created_at
  FROM audit_logs ORDER BY entity_id, id`;
const live = `${auditedTypes
  .map((type) => `SELECT id, '${type}', payload, created_at, updated_at, deleted_at FROM ${tableOf[type]}`)
  .join(' UNION ALL ')} ORDER BY 1`;

/** SQLite orders text by its UTF-8 bytes. */
const order = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right));

/**
 * Replays the log from empty, one record at a time, against the live tables, which are read in the same order: every record
 * that the log makes must stand there exactly, and nothing else. Yields rows done; its memory does not grow with the log.
 */
export function* verifyReplay(db: Connection): Generator<number, ReplayReport, void> {
  const problems = new Problems();
  const tables = db.raw.prepare(live).raw(true).iterate() as IterableIterator<LiveRow>;
  let standing = tables.next();
  let done = 0;
  let records = 0;
  const compare = (id: string, type: string, folded: FoldedRecord | undefined): void => {
    while (!standing.done && standing.value[0] !== id && order(standing.value[0], id) < 0) {
      problems.add(`${standing.value[1]} ${standing.value[0]} is in its table but not in the log`);
      standing = tables.next();
    }
    if (standing.done || standing.value[0] !== id) {
      problems.add(`${type} ${id} is in the log but not in its table`);
      return;
    }
    const [, liveType, payload, created_at, updated_at, deleted_at] = standing.value;
    standing = tables.next();
    records += 1;
    const same =
      folded &&
      liveType === type &&
      payload === folded.payload &&
      created_at === folded.created_at &&
      updated_at === folded.updated_at &&
      deleted_at === folded.deleted_at;
    if (folded && !same) problems.add(`${type} ${id} is not what the log says it is`);
  };
  try {
    let current: { id: string; type: string; folded: FoldedRecord | undefined } | undefined;
    for (const row of db.raw.prepare(history).raw(true).iterate() as IterableIterator<LogRow>) {
      const [id, type, action, before, after, created_at] = row;
      if (current?.id !== id) {
        if (current) compare(current.id, current.type, current.folded);
        current = { id, type, folded: undefined };
      }
      try {
        current.folded = foldRow(current.folded, { action, before, after, created_at });
      } catch (error) {
        problems.add(
          `${type} ${id}: ${error instanceof Error ? error.message : 'its history makes no sense'}`,
        );
      }
      done += 1;
      if (done % 500 === 0) yield done;
    }
    if (current) compare(current.id, current.type, current.folded);
    for (; !standing.done; standing = tables.next()) {
      problems.add(`${standing.value[1]} ${standing.value[0]} is in its table but not in the log`);
    }
  } finally {
    tables.return?.();
  }
  return { ok: problems.list.length === 0, records, problems: problems.list };
}
