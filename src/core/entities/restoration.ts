import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../commands/context.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow } from '../db/schema.ts';
import { locate, locateIn } from './locate.ts';
import type { Located } from './locate.ts';
import { permit } from './permit.ts';
import { readTitle } from './titles.ts';
import { checkReferences, danglingReferences } from './validate.ts';

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

/**
 * Brings a deleted record back, with the interfaces, contents and references that went with it as far as they can come: an
 * interface comes once both its ends are there, a reference that was filled anew stays as it is, and one to what has been
 * deleted meanwhile is emptied. Returns how many interfaces came.
 */
export function restoreRecord(
  write: WriteContext,
  type: EntityType,
  id: string,
  companions = new Companions(write.db),
): number {
  const record = locateIn(write.db, type, id);
  if (!record) throw new Fault('NOT_FOUND', `The ${type} "${id}" does not exist.`, { type, id });
  if (!record.deleted)
    throw new Fault('ALREADY', `The ${type} "${id}" is not deleted.`, { id, state: 'live' });
  permit(write.db, write.actor, { type, id, before: null, after: record.payload });
  checkReferences(write.db, type, record.payload);
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
  const links = restoreLinks(write, back, because);
  write.audit.label(`${type}.restore`, { type, id, title: readTitle(write.db, type, record.payload), links });
  return links;
}

/** Sets a reference that was emptied back, unless somebody has filled it anew. */
function refill(write: WriteContext, other: Located<AuditedType>, row: AuditLogRow, because: string): void {
  const emptied = Object.entries(JSON.parse(row.payload_before ?? '{}') as JsonObject);
  const still = emptied.filter(([field]) => (other.payload[field] ?? null) === null);
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
