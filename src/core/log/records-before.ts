import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { auditedTypes, isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { foldRow } from './audit/fold-row.ts';
import type { FoldedRecord, ReplayRow } from './audit/fold-row.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

const rowsPerSlice = 4000;
/** Records reconstructed at once. */
export const maxRecordsAtOnce = 500;

interface LogRow extends ReplayRow {
  id: string;
}

const rowsQuery = `SELECT entity_id AS id, action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_id IN (SELECT value FROM json_each(?)) AND id >= ? AND id < ? ORDER BY id`;

/** Rebuilds records as they were before row `end` of the log; `startRecords` is their state before `from`. Throws WORKSPACE (`damaged`). */
export function recordsBefore(
  db: ReadHandle,
  ids: readonly string[],
  end: number,
  {
    startRecords = new Map(),
    from = 0,
  }: { startRecords?: ReadonlyMap<string, FoldedRecord>; from?: number } = {},
): Map<string, FoldedRecord> {
  const records = new Map(startRecords);
  for (const { id, ...row } of db.all<LogRow>(rowsQuery, [JSON.stringify(ids), from, end])) {
    try {
      records.set(id, foldRow(records.get(id), row));
    } catch (error) {
      throw brokenLogFault(id, error);
    }
  }
  return records;
}

function brokenLogFault(id: string, error: unknown): Fault<'WORKSPACE'> {
  const message = error instanceof Error ? error.message : String(error);
  return workspaceFault('damaged', { why: clause('logOf', { id, error: message }) });
}

/** Ids of records by type, in the order of the log. */
export type RecordIds = ReadonlyMap<AuditedType, ReadonlySet<string>>;

const idsQuery = `SELECT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ? AND id < ? ORDER BY id`;

const lastRowQuery = 'SELECT coalesce(max(id), 0) AS last FROM audit_logs';

/** The records named by the log from row `from` up to `end`, by default its end. Yields the number of rows read. */
export function* recordIdsBetween(
  db: ReadHandle,
  from: number,
  end: number = (db.get<{ last: number }>(lastRowQuery)?.last ?? 0) + 1,
): Generator<number, RecordIds, void> {
  const ids = new Map<AuditedType, Set<string>>(auditedTypes.map((type) => [type, new Set()]));
  for (let start = from; start < end; start += rowsPerSlice) {
    const sliceEnd = Math.min(start + rowsPerSlice, end);
    for (const { type, id } of db.all<{ type: string; id: string }>(idsQuery, [start, sliceEnd]))
      if (isAuditedType(type)) ids.get(type)?.add(id);
    yield sliceEnd - from;
  }
  return ids;
}
