import { valueOf } from '#shared/domain/patch.ts';
import type { LinkedRecord } from '#shared/contract/history.ts';
import type { Json } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';

const ends = ['from', 'to'] as const;
type End = (typeof ends)[number];

const endBeforeSql = (end: End): string =>
  `CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.${end}' END`;
const movedRowsSql = (end: End): string => `FROM audit_logs
  WHERE entity_type = 'interface' AND action = 'update' AND ${endBeforeSql(end)}`;
const linkIdQueries = ends.map(
  (end) => `SELECT id FROM interfaces WHERE ${end}_id = :id AND deleted_at IS NULL
  UNION SELECT id FROM interfaces WHERE ${end}_id = :id AND deleted_at IS NOT NULL
  UNION SELECT entity_id ${movedRowsSql(end)} = :id`,
);
const linkRowsQuery = `SELECT l.id FROM audit_logs l WHERE l.entity_id IN (${linkIdQueries.join(' UNION ')})`;
const recordRowsQuery = 'SELECT id FROM audit_logs WHERE entity_id = :id';
const movedRowsQuery = `SELECT l.id, l.entity_id FROM json_each(:ids) j JOIN audit_logs l ON l.id = j.value
  WHERE l.entity_id IN (${ends.map((end) => `SELECT entity_id ${movedRowsSql(end)} IS NOT NULL`).join(' UNION ALL ')})`;

/**
 * Ids of all log rows of a record or, with `withLinks`, also of the interfaces that had the record as an end at the time; newest first.
 * Written rows never change, so that yielding in between is safe. Yields the number of rows visited.
 */
export function* rowIdsOf(
  db: ReadHandle,
  id: string,
  { withLinks }: { withLinks: boolean },
): Generator<number, number[], void> {
  const query = withLinks ? `${recordRowsQuery} UNION ${linkRowsQuery}` : recordRowsQuery;
  const rows = db.column<number>(`${query} ORDER BY 1 DESC`, { id });
  return withLinks ? yield* excludeOtherLinks(db, id, rows) : rows;
}

function* excludeOtherLinks(
  db: ReadHandle,
  id: string,
  rows: readonly number[],
): Generator<number, number[], void> {
  const movedRows = db.all<{ id: number; entity_id: string }>(movedRowsQuery, { ids: JSON.stringify(rows) });
  const excluded = new Set<number>();
  for (const [index, row] of movedRows.entries()) {
    if (row.entity_id !== id && !hasEnd(id, endsAt(db, rowOf(db, row.id)))) excluded.add(row.id);
    yield index + 1;
  }
  return rows.filter((row) => !excluded.has(row));
}

function rowOf(db: ReadHandle, id: number): AuditLogRow {
  return db.get<AuditLogRow>('SELECT * FROM audit_logs WHERE id = ?', [id]) as AuditLogRow;
}

type Ends = Record<End, Json | undefined>;
interface RowEnds {
  before: Ends;
  after: Ends;
}

const hasEnd = (id: string, { before, after }: RowEnds): boolean =>
  ends.some((end) => before[end] === id || after[end] === id);

const nextMoveQuery = (end: End): string => `SELECT payload_before AS before FROM audit_logs
  WHERE entity_id = ? AND id > ? AND ${endBeforeSql(end)} IS NOT NULL ORDER BY id LIMIT 1`;

/** The ends of an interface before and after one of its rows. */
function endsAt(db: ReadHandle, row: AuditLogRow): RowEnds {
  const [payloadBefore, payloadAfter] = [parsePayload(row.payload_before), parsePayload(row.payload_after)];
  const fullPayload = row.action === 'delete' ? payloadBefore : payloadAfter;
  const endAfter = (end: End): Json | undefined =>
    valueOf(fullPayload, end) ??
    valueOf(
      parsePayload(db.get<{ before: string }>(nextMoveQuery(end), [row.entity_id, row.id])?.before ?? null),
      end,
    ) ??
    locateIn(db, 'interface', row.entity_id)?.payload[end];
  const endsAfter = { from: endAfter('from'), to: endAfter('to') };
  const endBefore = (end: End): Json | undefined => valueOf(payloadBefore, end) ?? endsAfter[end];
  return { before: { from: endBefore('from'), to: endBefore('to') }, after: endsAfter };
}

/** The other end of the row's interface, seen from the record; if the link was moved away, its former other end. Null for other rows. */
export function otherEndOf(db: ReadHandle, id: string, row: AuditLogRow): LinkedRecord | null {
  if (row.entity_type !== 'interface' || row.entity_id === id) return null;
  const { before, after } = endsAt(db, row);
  const isLinked = after.from === id || after.to === id;
  const { from, to } = isLinked ? after : before;
  const otherId = from === id ? to : from;
  if (typeof otherId !== 'string') return null;
  const record = locateRecord(db, otherId);
  const title = record ? titleOf(record.type, record.payload) : '';
  const wasLinked = before.from === id || before.to === id;
  const move = isLinked ? 'here' : 'away';
  return {
    id: otherId,
    type: record?.type ?? null,
    title,
    moved: isLinked === wasLinked ? null : move,
  };
}
