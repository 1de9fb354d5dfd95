import { Fault } from '#shared/contract/faults.ts';
import type { CameBack as Told } from '#shared/contract/entities.ts';
import type { Issue } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { Companions } from './companions.ts';
import { lostWith } from './emptied.ts';
import { locate, locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { permit } from './permissions.ts';
import { countByTable } from './removal.ts';
import { readTitle } from './titles.ts';
import { danglingReferences, invalid } from './validate.ts';
import type { Gone } from './went-with.ts';

const deletion = `SELECT id, meta FROM audit_logs WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC LIMIT 1`;
const deletedAt = (end: 'from_id' | 'to_id'): string =>
  `SELECT id FROM interfaces WHERE ${end} IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NOT NULL`;
const deletedLinks = `${deletedAt('from_id')} UNION ${deletedAt('to_id')} ORDER BY id`;

interface Returning {
  /** What left with which record, where several come back. */
  companions?: Companions;
  /** What the record refers to and is deleted comes back before it. */
  withReferences?: boolean;
}

/**
 * Brings a deleted record back, with the interfaces, contents and references that went with it as far as they can come: an
 * interface comes once both its ends are there, a reference that was filled anew stays as it is, and one to what has been
 * deleted meanwhile is emptied. Throws INVALID where what it refers to itself is deleted.
 */
export function restoreRecord(
  write: WriteContext,
  type: EntityType,
  id: string,
  returning: Returning = {},
): CameBack {
  const { companions = new Companions(write.db), withReferences = false } = returning;
  const came = comeBack(write, deletedRecord(write, type, id), companions, withReferences);
  const { links, references } = came;
  const counted = new Set([id, ...references]);
  const went = came.contents.filter((one) => !counted.has(one.id));
  const contents = references.length + went.length;
  const { payload } = locateIn(write.db, type, id) as Located;
  const title = readTitle(write.db, type, payload);
  const label = { type, id, title, links, ...(contents > 0 ? { contents } : {}) };
  write.audit.label(`${type}.restore`, label);
  return { links, contents: went, left: came.left };
}

/** What came back besides a record that was asked for and what it refers to. */
export interface CameBack {
  /** How many interfaces. */
  links: number;
  /** What went with universities. */
  contents: readonly Gone[];
  /** What was deleted itself together with universities; it may have come back otherwise. */
  left: readonly Gone[];
}

/** As it is told: how many by table, and of what is left what is still deleted. */
export const toldOf = (db: ReadHandle, { links, contents, left }: CameBack): Told => ({
  links,
  contents: countByTable(contents),
  left: countByTable(left.filter((one) => isDeleted(db, one))),
});

/** What came back besides the record itself. */
interface Came {
  /** Ids of what came because it is referred to. */
  references: readonly string[];
  links: number;
  contents: readonly Gone[];
  left: readonly Gone[];
}

const nothing: Came = { references: [], links: 0, contents: [], left: [] };

const both = (one: Came, other: Came): Came => ({
  references: [...one.references, ...other.references],
  links: one.links + other.links,
  contents: [...one.contents, ...other.contents],
  left: [...one.left, ...other.left],
});

const isDeleted = (db: ReadHandle, { type, id }: Gone): boolean => locateIn(db, type, id)?.deleted === true;

/** The record that shall come back. Throws NOT_FOUND, ALREADY and FORBIDDEN. */
function deletedRecord(write: WriteContext, type: EntityType, id: string): Located {
  const record = locateIn(write.db, type, id);
  if (!record) throw new Fault('NOT_FOUND', `The ${type} "${id}" does not exist.`, { type, id });
  if (!record.deleted)
    throw new Fault('ALREADY', `The ${type} "${id}" is not deleted.`, { id, state: 'live' });
  permit(write.db, write.actor, { type, id, before: null, after: record.payload });
  return record;
}

function comeBack(
  write: WriteContext,
  record: Located,
  companions: Companions,
  withReferences: boolean,
): Came {
  const first = withReferences ? restoreReferences(write, record, companions) : nothing;
  // An interface may have come with its end, and is counted there; what belongs to a university with that.
  if (locateIn(write.db, record.type, record.id)?.deleted === false) {
    return record.type === 'interface' ? { ...first, links: first.links - 1 } : first;
  }
  const issues = inTheWay(write.db, record);
  if (issues.length > 0) throw invalid(issues);
  return both(first, bringBack(write, record, companions));
}

/** What the record refers to and is deleted comes back, and before that what that refers to. */
function restoreReferences(write: WriteContext, record: Located, companions: Companions): Came {
  let came = nothing;
  for (const { gone } of danglingReferences(write.db, record.type, record.payload)) {
    const found = gone && locate(write.db, gone.id);
    if (!found?.deleted) continue;
    const more = comeBack(write, deletedRecord(write, found.type, found.id), companions, true);
    came = both(came, { ...more, references: [...more.references, found.id] });
  }
  return came;
}

/** What a record refers to that is not there, and in turn what that refers to: `to`, `to.university_id`. */
function inTheWay(db: ReadHandle, { type, payload }: Located): Issue[] {
  return danglingReferences(db, type, payload).flatMap((issue) => {
    const gone = issue.gone && locate(db, issue.gone.id);
    if (!gone) return [issue];
    const behind = inTheWay(db, gone).map((one) => ({ ...one, path: `${issue.path}.${one.path}` }));
    return [{ ...issue, message: `${issue.message}; restore it first` }, ...behind];
  });
}

/** Restores the record and what went with it. */
function bringBack(write: WriteContext, record: Located, companions: Companions): Came {
  const { id } = record;
  const { went, besides } = companions.contentsOf(id);
  write.records.restore(record);
  const because = JSON.stringify({ because: id });
  const contents = went.filter((one) => isDeleted(write.db, one));
  for (const one of contents) restoreContent(write, locateIn(write.db, one.type, one.id) as Located, because);
  const back = [id, ...contents.map((one) => one.id)];
  for (const row of companions.of(back)) {
    const other = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (row.action === 'update' && other?.deleted === false) refill(write, other, row, because);
  }
  return { ...nothing, links: restoreLinks(write, back, because), contents, left: besides };
}

/** What belongs to a university comes back with it; a reference of it to what is not there is emptied. */
function restoreContent(write: WriteContext, record: Located, because: string): void {
  write.records.restore(record, because);
  const dead = danglingReferences(write.db, record.type, record.payload).map(({ path }) => [path, null]);
  write.records.update(record, Object.fromEntries(dead) as JsonObject, [], because);
}

/** Sets a reference that was emptied back, unless somebody has filled it anew, or emptied it since. */
function refill(write: WriteContext, other: Located<AuditedType>, row: AuditLogRow, because: string): void {
  const emptied = Object.entries(JSON.parse(row.payload_before ?? '{}') as JsonObject);
  const { db } = write;
  const { id } = other;
  const still = emptied.filter(
    ([field, named]) =>
      (other.payload[field] ?? null) === null &&
      (typeof named !== 'string' || lostWith(db, { id, field, named })),
  );
  write.records.update(other, Object.fromEntries(still), [], because);
}

/** The deleted interfaces that any of the records is an end of. */
export function deletedLinksOf(db: ReadHandle, ids: readonly string[]): string[] {
  return db.column<string>(deletedLinks, { ids: JSON.stringify(ids) });
}

/** Interfaces of the records that were deleted because one of their ends was, whichever, and whose ends are both there now. */
function restoreLinks(write: WriteContext, ids: readonly string[], because: string): number {
  let links = 0;
  for (const id of deletedLinksOf(write.db, ids)) {
    const link = locateIn(write.db, 'interface', id);
    const last = write.db.get<{ meta: string | null }>(deletion, [id]);
    if (!link || last?.meta == null || !endsAreLive(write.db, link.payload)) continue;
    write.records.restore(link, because);
    links += 1;
  }
  return links;
}

function endsAreLive(db: ReadHandle, payload: JsonObject): boolean {
  return [payload.from, payload.to].every(
    (end) => typeof end === 'string' && locate(db, end)?.deleted === false,
  );
}
