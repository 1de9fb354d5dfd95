import { Fault } from '#shared/contract/faults.ts';
import type { LookupInput, LookupRecord } from '#shared/contract/entities.ts';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import { toRecords } from './derived-fields.ts';
import { recordColumns } from './list.ts';
import { locateRecord } from '../log/records/locate.ts';
import type { NameIndex } from './name-index.ts';
import { readNames } from './names.ts';

/** The record, also a deleted or hidden one. Throws NOT_FOUND. */
export function readRecord(db: ReadHandle, type: EntityType, id: string): EntityRecord {
  const row = db.get<RecordRow>(`SELECT ${recordColumns} FROM ${tableOf[type]} r WHERE r.id = ?`, [id]);
  if (!row) throw new Fault('NOT_FOUND', { type, id });
  return toRecords(db, type, [row])[0] as EntityRecord;
}

/** The record with this id, of any type. Throws NOT_FOUND. */
export function findRecord(db: ReadHandle, id: string): EntityRecord {
  const record = locateRecord(db, id);
  if (!record) throw new Fault('NOT_FOUND', { type: 'record', id });
  return readRecord(db, record.type, id);
}

/** Records by title as in `searchNames`, with the titles of their team and university; deleted ones last, if requested. */
export function lookUp(
  names: NameIndex,
  { types, text, limit, deleted, near, byPlace }: LookupInput,
): LookupRecord[] {
  names.refresh();
  const query = { types: new Set(types), text: text.trim(), near, byPlace };
  const visible = names.search({ ...query, limit, deleted: false });
  const deletedLimit = deleted ? limit - visible.length : 0;
  const records = [...visible, ...names.search({ ...query, limit: deletedLimit, deleted: true })];
  const titleOf = (id: string | null): string | null => (id === null ? null : names.title(id));
  return records.map(({ id, type, title, university_id, team_id, deleted: isDeleted }) => ({
    id,
    type,
    title,
    university_id,
    deleted: isDeleted,
    team: titleOf(team_id),
    // A university belongs to itself.
    university: type === 'university' ? null : titleOf(university_id),
  }));
}

/** One index for each end: with OR between the two conditions SQLite would scan all interfaces. */
const fromLinksSql = `FROM interfaces r WHERE r.rowid IN (
  SELECT rowid FROM interfaces WHERE from_id = :id AND ${visibleCondition()}
  UNION ALL SELECT rowid FROM interfaces WHERE to_id = :id AND ${visibleCondition()})`;

export interface LinkRow {
  link: EntityRecord;
  direction: 'out' | 'in';
  other: RecordRef | null;
}

/** The visible interfaces of a record, most fragile first, each with the record at the other end. */
export function linksOf(db: ReadHandle, id: string, limit: number): { total: number; rows: LinkRow[] } {
  const total = db.get<{ n: number }>(`SELECT count(*) AS n ${fromLinksSql}`, { id })?.n ?? 0;
  const query = `SELECT ${recordColumns} ${fromLinksSql} ORDER BY r.energy_loss DESC, r.id LIMIT :limit`;
  const links = toRecords(db, 'interface', db.all<RecordRow>(query, { id, limit }));
  const otherEnd = (link: EntityRecord): string =>
    (link.payload.from === id ? link.payload.to : link.payload.from) as string;
  const names = readNames(db, links.map(otherEnd));
  const rows = links.map((link): LinkRow => ({
    link,
    direction: link.payload.from === id ? 'out' : 'in',
    other: names.get(otherEnd(link)) ?? null,
  }));
  return { total, rows };
}
