import type { Carried } from '#shared/contract/compare.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import type { StoredRecord } from '../log/records/stored-record.ts';
import { readTitle, readUniversity } from '../model/titles.ts';

/** Most that are told of one by one. */
const most = 1000;

const rows = `SELECT l.entity_type AS type, l.entity_id AS id FROM audit_logs l
  WHERE l.id > ? AND l.meta IS NOT NULL GROUP BY l.entity_type, l.entity_id ORDER BY min(l.id)`;
const again =
  'SELECT count(*) - count(DISTINCT entity_type || char(0) || entity_id) FROM audit_logs WHERE id > ?';
const newest = 'SELECT coalesce(max(id), 0) FROM audit_logs';

/** The newest row of the log, for `goneAlong` to begin after. */
export const logEnd = (db: ReadHandle): number => db.column<number>(newest)[0] ?? 0;

/** How many of the changes since a row of the log are about a record that another of them is about already. */
export const changedAgain = (db: ReadHandle, after: number): number =>
  db.column<number>(again, [after])[0] ?? 0;

/** What went, or lost a reference, since a row of the log because something else went. */
export const consequences = (db: ReadHandle, after: number): { type: AuditedType; id: string }[] =>
  db.all(rows, [after]);

/** What a record is called in a file, and the university that it belongs to; nothing of none. */
export const namesIn = (
  db: ReadHandle,
  record: StoredRecord | undefined,
): { title: string; university: string | null } =>
  record
    ? { title: readTitle(db, record.type, record.payload), university: readUniversity(db, record) }
    : { title: '', university: null };

/**
 * What went along with deletions, by name: first what nobody asked anything of, as what was added on the side that it goes on; `meant` are the
 * ids of what is carried over itself, and `told` of what goes, or comes back, itself.
 */
export function goneAlong(
  db: ReadHandle,
  after: number,
  meant: ReadonlySet<string>,
  told: ReadonlySet<string>,
): Carried['records'] {
  const along = consequences(db, after).filter(({ id }) => !told.has(id));
  const ordered = [...along.filter(({ id }) => !meant.has(id)), ...along.filter(({ id }) => meant.has(id))];
  return ordered.slice(0, most).map(({ type, id }) => {
    const record = locateIn(db, type, id);
    return { type, id, ...namesIn(db, record), action: 'along' };
  });
}
