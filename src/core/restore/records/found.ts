import { Fault } from '#shared/contract/faults.ts';
import { isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../db/connection.ts';
import { locate, locateIn } from '../../entities/locate.ts';
import type { Located } from '../../entities/locate.ts';
import { contentTypes, emptiedWith } from '../../entities/removal.ts';
import { referencesOf } from '../../entities/validate.ts';

/** A record as a backup has it. */
export type Kept = Located<AuditedType>;

/** What a backup has of the records that are asked for, and of what may be needed with them, by id. */
export interface Found {
  asked: readonly Kept[];
  /** Links of these. */
  links: readonly Kept[];
  /** What belongs to universities that are asked for, and the links of all of that. */
  contents: readonly Located[];
  /** All of these, and everything that they refer to, and what that refers to. */
  all: ReadonlyMap<string, Kept>;
  /** What names any of these in a field that is emptied when what it names goes. */
  naming: readonly Naming[];
}

/** That a record names another. */
export interface Naming {
  type: EntityType;
  id: string;
  field: string;
  to: string;
}

const haveEnd = `SELECT id FROM interfaces WHERE deleted_at IS NULL
  AND (from_id IN (SELECT value FROM json_each(:ids)) OR to_id IN (SELECT value FROM json_each(:ids))) ORDER BY id`;

const linksOf = (db: ReadHandle, ids: Iterable<string>): Located[] =>
  db
    .column<string>(haveEnd, { ids: JSON.stringify([...ids]) })
    .flatMap((id) => locateIn(db, 'interface', id) ?? []);

/** What belongs to the universities among those, and the links of them and of that. */
function contentsIn(db: ReadHandle, asked: readonly Kept[]): Located[] {
  const universities = asked.flatMap(({ type, id }) => (type === 'university' ? id : []));
  if (universities.length === 0) return [];
  const ids = JSON.stringify(universities);
  const belonging = contentTypes.flatMap((type) => {
    const of = `SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NULL
      AND university_id IN (SELECT value FROM json_each(:ids)) ORDER BY id`;
    return db.column<string>(of, { ids }).flatMap((id) => locateIn(db, type, id) ?? []);
  });
  return [...belonging, ...linksOf(db, [...universities, ...belonging.map(({ id }) => id)])];
}

/** Reads records out of a backup, with what they need. Throws NOT_FOUND for one that it does not have, or has as deleted. */
export function findIn(db: ReadHandle, backup: string, ids: readonly string[]): Found {
  const asked = [...new Set(ids)].map((id) => liveIn(db, id) ?? missing(backup, id));
  const named = new Set(asked.map(({ id }) => id));
  const links = linksOf(db, named).filter((link) => !named.has(link.id));
  const contents = contentsIn(db, asked);
  const all = new Map<string, Kept>();
  const waiting: Kept[] = [...asked, ...links, ...contents];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (all.has(next.id)) continue;
    all.set(next.id, next);
    for (const id of referredBy(next)) {
      const other = all.has(id) ? null : liveIn(db, id);
      if (other) waiting.push(other);
    }
  }
  return { asked, links, contents, all, naming: namingIn(db, [...all.keys()]) };
}

function namingIn(db: ReadHandle, ids: readonly string[]): Naming[] {
  return emptiedWith.flatMap(({ type, field }) => {
    const naming = `SELECT id, ${field} AS "to" FROM ${tableOf[type]}
      WHERE ${field} IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL ORDER BY id`;
    const rows = db.all<Pick<Naming, 'id' | 'to'>>(naming, { ids: JSON.stringify(ids) });
    return rows.map((row) => ({ type, field, ...row }));
  });
}

function liveIn(db: ReadHandle, id: string): Kept | null {
  const record: Kept | undefined = locate(db, id) ?? locateIn(db, 'view', id);
  return record && !record.deleted ? record : null;
}

/** Ids of the records that one refers to. */
export function referredBy({ type, payload }: Pick<Kept, 'type' | 'payload'>): string[] {
  if (!isEntityType(type)) return [];
  return referencesOf(type).flatMap(({ key }) => {
    const id = payload[key];
    return typeof id === 'string' ? id : [];
  });
}

function missing(backup: string, id: string): never {
  const message = `Backup ${backup} holds no record "${id}". Nothing was changed.`;
  throw new Fault('NOT_FOUND', message, { type: 'record', id });
}
