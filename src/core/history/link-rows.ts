import { valueOf } from '#shared/domain/patch.ts';
import type { LinkedWith } from '#shared/contract/history.ts';
import type { Json } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { parsePayload } from '../log/audit/effect.ts';

const ends = ['from', 'to'] as const;
type End = (typeof ends)[number];

const was = (end: End): string =>
  `CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.${end}' END`;
const movedRows = (end: End): string => `FROM audit_logs
  WHERE entity_type = 'interface' AND action = 'update' AND ${was(end)}`;
const wereAt = ends.map(
  (end) => `SELECT id FROM interfaces WHERE ${end}_id = :id AND deleted_at IS NULL
  UNION SELECT id FROM interfaces WHERE ${end}_id = :id AND deleted_at IS NOT NULL
  UNION SELECT entity_id ${movedRows(end)} = :id`,
);
const rowsOfLinks = `SELECT l.id FROM audit_logs l WHERE l.entity_id IN (${wereAt.join(' UNION ')})`;
const ownRows = 'SELECT id FROM audit_logs WHERE entity_id = :id';
const movedOnes = `SELECT l.id, l.entity_id FROM json_each(:ids) j JOIN audit_logs l ON l.id = j.value
  WHERE l.entity_id IN (${ends.map((end) => `SELECT entity_id ${movedRows(end)} IS NOT NULL`).join(' UNION ALL ')})`;

/**
 * Ids of all log rows about a record or, with `links`, about an interface that had it as an end at the time; newest first. Written rows
 * never change, so pauses are safe. Yields the number of rows visited.
 */
export function* rowsAbout(db: ReadHandle, id: string, links: boolean): Generator<number, number[], void> {
  const query = links ? `${ownRows} UNION ${rowsOfLinks}` : ownRows;
  const rows = db.column<number>(`${query} ORDER BY 1 DESC`, { id });
  return links ? yield* skipForeign(db, id, rows) : rows;
}

function* skipForeign(
  db: ReadHandle,
  id: string,
  rows: readonly number[],
): Generator<number, number[], void> {
  const moved = db.all<{ id: number; entity_id: string }>(movedOnes, { ids: JSON.stringify(rows) });
  const foreign = new Set<number>();
  for (const [at, row] of moved.entries()) {
    if (row.entity_id !== id && !isAbout(id, endsAt(db, rowOf(db, row.id)))) foreign.add(row.id);
    yield at + 1;
  }
  return rows.filter((row) => !foreign.has(row));
}

function rowOf(db: ReadHandle, id: number): AuditLogRow {
  return db.get<AuditLogRow>('SELECT * FROM audit_logs WHERE id = ?', [id]) as AuditLogRow;
}

type Ends = Record<End, Json | undefined>;
interface Joined {
  before: Ends;
  after: Ends;
}

const isAbout = (id: string, { before, after }: Joined): boolean =>
  ends.some((end) => before[end] === id || after[end] === id);

const nextMove = (end: End): string => `SELECT payload_before AS before FROM audit_logs
  WHERE entity_id = ? AND id > ? AND ${was(end)} IS NOT NULL ORDER BY id LIMIT 1`;

/** The ends of an interface before and after one of its rows. */
function endsAt(db: ReadHandle, row: AuditLogRow): Joined {
  const [was, became] = [parsePayload(row.payload_before), parsePayload(row.payload_after)];
  const whole = row.action === 'delete' ? was : became;
  const after = (end: End): Json | undefined =>
    valueOf(whole, end) ??
    valueOf(
      parsePayload(db.get<{ before: string }>(nextMove(end), [row.entity_id, row.id])?.before ?? null),
      end,
    ) ??
    locateIn(db, 'interface', row.entity_id)?.payload[end];
  const joined = { from: after('from'), to: after('to') };
  const before = (end: End): Json | undefined => valueOf(was, end) ?? joined[end];
  return { before: { from: before('from'), to: before('to') }, after: joined };
}

/** The other end of the row's interface, seen from the record; if it was moved away, the former other end. Null for other rows. */
export function linkedWith(db: ReadHandle, id: string, row: AuditLogRow): LinkedWith | null {
  if (row.entity_type !== 'interface' || row.entity_id === id) return null;
  const { before, after } = endsAt(db, row);
  const here = after.from === id || after.to === id;
  const { from, to } = here ? after : before;
  const other = from === id ? to : from;
  if (typeof other !== 'string') return null;
  const found = locateRecord(db, other);
  const title = found ? titleOf(found.type, found.payload) : '';
  const was = before.from === id || before.to === id;
  return { id: other, type: found?.type ?? null, title, moved: here === was ? null : here ? 'here' : 'away' };
}
