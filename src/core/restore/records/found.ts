import { Fault } from '#shared/contract/faults.ts';
import { isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { locate, locateIn } from '../../log/records/locate.ts';
import type { Located } from '../../log/records/locate.ts';
import { contentTypes, emptiedWith } from '../../model/removal.ts';
import { referencesOf } from '../../model/validate.ts';
import { portions } from '../../kernel/chunks.ts';

/** Records whose naming is looked for at once. */
const together = 500;

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

const haveEnd = (end: 'from_id' | 'to_id'): string =>
  `SELECT id FROM interfaces WHERE ${end} IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NULL`;
const haveEither = `${haveEnd('from_id')} UNION ${haveEnd('to_id')} ORDER BY id`;

function* linksOf(db: ReadHandle, ids: Iterable<string>): Generator<number, Located[], void> {
  const links: Located[] = [];
  for (const id of db.column<string>(haveEither, { ids: JSON.stringify([...ids]) })) {
    const link = locateIn(db, 'interface', id);
    if (link) yield links.push(link);
  }
  return links;
}

/** What belongs to the universities among those, and the links of them and of that. */
function* contentsIn(db: ReadHandle, asked: readonly Kept[]): Generator<number, Located[], void> {
  const universities = asked.flatMap(({ type, id }) => (type === 'university' ? id : []));
  if (universities.length === 0) return [];
  const ids = JSON.stringify(universities);
  const belonging: Located[] = [];
  for (const type of contentTypes) {
    const of = `SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NULL
      AND university_id IN (SELECT value FROM json_each(:ids)) ORDER BY id`;
    for (const id of db.column<string>(of, { ids })) {
      const one = locateIn(db, type, id);
      if (one) yield belonging.push(one);
    }
  }
  const links = yield* linksOf(db, [...universities, ...belonging.map(({ id }) => id)]);
  return [...belonging, ...links];
}

/** Reads records out of a backup, with what they need. Yields how many it has read. Throws NOT_FOUND for one that it does not have, or has as deleted. */
export function* findIn(
  db: ReadHandle,
  backup: string,
  ids: readonly string[],
): Generator<number, Found, void> {
  const asked = [...new Set(ids)].map((id) => liveIn(db, id) ?? missing(backup, id));
  const named = new Set(asked.map(({ id }) => id));
  const links = (yield* linksOf(db, named)).filter((link) => !named.has(link.id));
  yield asked.length;
  const contents = yield* contentsIn(db, asked);
  const all = new Map<string, Kept>([...contents, ...links, ...asked].map((one) => [one.id, one]));
  const waiting = [...all.values()];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const id of referredBy(next)) {
      const other = all.has(id) ? null : liveIn(db, id);
      if (!other) continue;
      all.set(id, other);
      waiting.push(other);
    }
    yield all.size;
  }
  const naming: Naming[] = [];
  for (const some of portions([...all.keys()], together)) yield naming.push(...namingIn(db, some));
  return { asked, links, contents, all, naming };
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
