import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { auditedTypes, isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { foldRow } from './audit/fold-row.ts';
import type { FoldedRecord, FoldedRow } from './audit/fold-row.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

const slice = 4000;
/** Records reconstructed at once. */
export const maxRecordsAtOnce = 500;

interface LogRow extends FoldedRow {
  id: string;
}

const rows = `SELECT entity_id AS id, action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_id IN (SELECT value FROM json_each(?)) AND id >= ? AND id < ? ORDER BY id`;

/** Records before row `end` of the log. `known` is their state before row `from`. Throws WORKSPACE (damaged). */
export function pastOf(
  db: ReadHandle,
  ids: readonly string[],
  end: number,
  { known = new Map(), from = 0 }: { known?: ReadonlyMap<string, FoldedRecord>; from?: number } = {},
): Map<string, FoldedRecord> {
  const past = new Map(known);
  for (const { id, ...row } of db.all<LogRow>(rows, [JSON.stringify(ids), from, end])) {
    try {
      past.set(id, foldRow(past.get(id), row));
    } catch (error) {
      throw broken(id, error);
    }
  }
  return past;
}

function broken(id: string, error: unknown): Fault<'WORKSPACE'> {
  const message = error instanceof Error ? error.message : String(error);
  return workspaceFault('damaged', { why: clause('logOf', { id, error: message }) });
}

/** Ids of records by type, in the order of the log. */
export type Named = ReadonlyMap<AuditedType, ReadonlySet<string>>;

const named = `SELECT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id`;

/** The records named by the log from row `from` up to `end`. Yields the number of rows read. */
export function* namedBetween(db: ReadHandle, from: number, end: number): Generator<number, Named, void> {
  const found = new Map<AuditedType, Set<string>>(auditedTypes.map((type) => [type, new Set()]));
  for (let at = from; at < end; at += slice) {
    const until = Math.min(at + slice, end);
    for (const { type, id } of db.all<{ type: string; id: string }>(named, [at, until]))
      if (isAuditedType(type)) found.get(type)?.add(id);
    yield until - from;
  }
  return found;
}
