import { auditedTypes, isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

const rowsPerStep = 1000;

const idsQuery = `SELECT DISTINCT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ? AND id < ?`;
const lastRowQuery = 'SELECT coalesce(max(id), 0) AS last FROM audit_logs';

/** Ids of records by type. */
export type RecordIdsByType = ReadonlyMap<AuditedType, ReadonlySet<string>>;

/** The records named by a log from row `from` on. Yields the number of rows read. */
export function* recordIdsSince(db: ReadHandle, from: number): Generator<number, RecordIdsByType, void> {
  const idsByType = new Map<AuditedType, Set<string>>(auditedTypes.map((type) => [type, new Set()]));
  const lastId = db.get<{ last: number }>(lastRowQuery)?.last ?? 0;
  for (let start = from; start <= lastId; start += rowsPerStep) {
    for (const { type, id } of db.all<{ type: string; id: string }>(idsQuery, [start, start + rowsPerStep]))
      if (isAuditedType(type)) idsByType.get(type)?.add(id);
    yield Math.min(lastId, start + rowsPerStep) - from;
  }
  return idsByType;
}
