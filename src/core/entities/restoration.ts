import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { lostWith } from './emptied.ts';
import { locate, locateIn } from './locate.ts';
import type { Located } from './locate.ts';
import { permit } from './permit.ts';
import { readTitle } from './titles.ts';
import { danglingReferences, invalid } from './validate.ts';

const deletion = `SELECT id, meta FROM audit_logs WHERE entity_id = ? AND action = 'delete' ORDER BY id DESC LIMIT 1`;
const deletedAt = (end: 'from_id' | 'to_id'): string =>
  `SELECT id FROM interfaces WHERE ${end} IN (SELECT value FROM json_each(:ids)) AND deleted_at IS NOT NULL`;
const deletedLinks = `${deletedAt('from_id')} UNION ${deletedAt('to_id')} ORDER BY id`;
const transactionOf = 'SELECT id, changes FROM audit_transactions WHERE id <= ? ORDER BY id DESC LIMIT 1';
const rowOfLog = 'SELECT * FROM audit_logs WHERE id = ?';
const consequences = `SELECT id AS row, meta ->> '$.because' AS because FROM audit_logs
  WHERE id >= ? AND id < ? AND entity_type <> 'interface' AND meta IS NOT NULL ORDER BY id DESC`;

/** Rows of the log read between two pauses. */
const piece = 2000;

interface Span {
  id: number;
  changes: number;
}

interface Consequence {
  row: number;
  because: string | null;
}

/**
 * What left together with records that are deleted now: contents and emptied references. A transaction that deleted many is read once,
 * however many of them come back.
 */
export class Companions {
  readonly #db: ReadHandle;
  readonly #known = new Map<number, ReadonlyMap<string, readonly number[]>>();

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  /** Latest first. */
  of(id: string): AuditLogRow[] {
    for (const _ of this.readAhead(id)) continue;
    const rows = this.#known.get(this.#spanOf(id)?.id ?? 0)?.get(id) ?? [];
    return rows.map((row) => this.#db.get<AuditLogRow>(rowOfLog, [row]) as AuditLogRow);
  }

  /** Reads what `of` needs, some rows of the log at each step. */
  *readAhead(id: string): Generator<void, void, void> {
    const span = this.#spanOf(id);
    if (!span || this.#known.has(span.id)) return;
    const found = new Map<string, number[]>();
    const end = span.id + span.changes;
    for (let until = end; until > span.id; until -= piece) {
      const part = [Math.max(span.id, until - piece), until];
      for (const { row, because } of this.#db.all<Consequence>(consequences, part)) {
        if (because === null) continue;
        const rows = found.get(because);
        if (rows) rows.push(row);
        else found.set(because, [row]);
      }
      yield;
    }
    this.#known.set(span.id, found);
  }

  /** The transaction that deleted the record. */
  #spanOf(id: string): Span | undefined {
    const row = this.#db.get<{ id: number }>(deletion, [id]);
    return row && this.#db.get<Span>(transactionOf, [row.id]);
  }
}

interface Returning {
  /** What left with which record, where several come back. */
  companions?: Companions;
  /** What the record refers to and is deleted comes back before it. */
  withReferences?: boolean;
}

/**
 * Brings a deleted record back, with the interfaces, contents and references that went with it as far as they can come: an
 * interface comes once both its ends are there, a reference that was filled anew stays as it is, and one to what has been
 * deleted meanwhile is emptied. Returns how many interfaces came. Throws INVALID where what it refers to itself is deleted.
 */
export function restoreRecord(
  write: WriteContext,
  type: EntityType,
  id: string,
  returning: Returning = {},
): number {
  const { companions = new Companions(write.db), withReferences = false } = returning;
  const { contents, links } = comeBack(write, deletedRecord(write, type, id), companions, withReferences);
  const { payload } = locateIn(write.db, type, id) as Located;
  const title = readTitle(write.db, type, payload);
  const label = { type, id, title, links, ...(contents > 0 ? { contents } : {}) };
  write.audit.label(`${type}.restore`, label);
  return links;
}

/** What came back besides the record itself; `contents` are what it refers to. */
interface Came {
  contents: number;
  links: number;
}

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
  const first = withReferences ? restoreReferences(write, record, companions) : { contents: 0, links: 0 };
  // An interface may have come with its end, and is counted there; what belongs to a university with that.
  if (locateIn(write.db, record.type, record.id)?.deleted === false) {
    return record.type === 'interface' ? { ...first, links: first.links - 1 } : first;
  }
  const issues = inTheWay(write.db, record);
  if (issues.length > 0) throw invalid(issues);
  return { ...first, links: first.links + bringBack(write, record, companions) };
}

/** What the record refers to and is deleted comes back, and before that what that refers to. */
function restoreReferences(write: WriteContext, record: Located, companions: Companions): Came {
  const came: Came = { contents: 0, links: 0 };
  for (const { gone } of danglingReferences(write.db, record.type, record.payload)) {
    const found = gone && locate(write.db, gone.id);
    if (!found?.deleted) continue;
    const { contents, links } = comeBack(write, deletedRecord(write, found.type, found.id), companions, true);
    came.contents += contents + 1;
    came.links += links;
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

/** Restores the record and what went with it. Returns how many interfaces came. */
function bringBack(write: WriteContext, record: Located, companions: Companions): number {
  const { id } = record;
  write.records.restore(record);
  const because = JSON.stringify({ because: id });
  const back = [id];
  for (const row of companions.of(id)) {
    const other = locateIn(write.db, row.entity_type as AuditedType, row.entity_id);
    if (!other) continue;
    if (row.action === 'update' && !other.deleted) refill(write, other, row, because);
    if (row.action !== 'delete' || !other.deleted || !isEntityType(other.type)) continue;
    write.records.restore(other, because);
    const dead = danglingReferences(write.db, other.type, other.payload).map(({ path }) => [path, null]);
    write.records.update(other, Object.fromEntries(dead) as JsonObject, [], because);
    back.push(other.id);
  }
  return restoreLinks(write, back, because);
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
