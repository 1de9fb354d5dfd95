import { auditedTypes, isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';

const rowsPerStep = 1000;

const inLog = `SELECT DISTINCT entity_type AS type, entity_id AS id FROM audit_logs WHERE id >= ? AND id < ?`;
const lastRow = 'SELECT coalesce(max(id), 0) AS last FROM audit_logs';

/** Ids of records by type. */
export type Touched = ReadonlyMap<AuditedType, ReadonlySet<string>>;

/** The records named by a log from row `from` on. Yields the number of rows read. */
export function* touchedIn(db: ReadHandle, from: number): Generator<number, Touched, void> {
  const found = new Map<AuditedType, Set<string>>(auditedTypes.map((type) => [type, new Set()]));
  const last = db.get<{ last: number }>(lastRow)?.last ?? 0;
  for (let at = from; at <= last; at += rowsPerStep) {
    for (const { type, id } of db.all<{ type: string; id: string }>(inLog, [at, at + rowsPerStep]))
      if (isAuditedType(type)) found.get(type)?.add(id);
    yield Math.min(last, at + rowsPerStep) - from;
  }
  return found;
}
