import type { Filter } from '#shared/contract/entities.ts';
import type { LeftMatter } from '#shared/contract/left.ts';
import { figuresOf, readDay } from '#shared/domain/days.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { matchingRows } from '../entities/list.ts';
import { parse } from '../history/effect.ts';
import { isUndone } from '../history/queries.ts';
import { asideKey } from '../interchange/keys.ts';
import type { Services } from '../services.ts';
import { mayBeOne, nearName } from './table/near-names.ts';
import { plain } from '../interchange/headings.ts';

/** Records looked at between two pauses. */
const piece = 500;

/** An import by its rows of the log, which never change. */
interface Imported {
  from: number;
  until: number;
  at: string;
}

/** What the import wrote of a record, and what that is now. */
interface Pair {
  id: string;
  wrote: JsonObject;
  now: JsonObject;
}

type Searching = Pick<Services, 'names' | 'columns'>;

/**
 * Of the matters that imports left, which still stand: whether records that the import wrote are as it wrote them. The list cache is
 * left alone: nobody looks at these lists. Yields records looked at.
 */
export function* stillLeft(
  db: ReadHandle,
  services: Searching,
  imports: readonly { op_id: string; matters: readonly LeftMatter[] }[],
): Generator<number, boolean[][], void> {
  const answers: boolean[][] = [];
  for (const { op_id, matters } of imports) {
    const imported = isUndone(db, op_id) ? undefined : find(db, op_id);
    const stands: boolean[] = [];
    for (const matter of matters) {
      yield 0;
      stands.push(imported !== undefined && (yield* standsStill(db, services, imported, matter)));
    }
    answers.push(stands);
  }
  return answers;
}

function find(db: ReadHandle, op_id: string): Imported | undefined {
  const sql = `SELECT id AS "from", id + changes AS until, created_at AS at FROM audit_transactions WHERE op_id = ?`;
  return db.get<Imported>(sql, [op_id]);
}

function* standsStill(
  db: ReadHandle,
  services: Searching,
  imported: Imported,
  matter: LeftMatter,
): Generator<number, boolean, void> {
  const asking = { db, services, imported, type: matter.type };
  switch (matter.kind) {
    case 'twice':
      return yield* isTwice(asking, matter.name);
    case 'alike':
      return yield* isAlike(asking, matter);
    default:
      for (const pair of written(asking, filterOf(matter), matter.kind === 'empty' ? hasAside : undefined)) {
        yield 1;
        if (pair && isLeft(matter, pair)) return true;
      }
      return false;
  }
}

type OfField = Exclude<LeftMatter, { kind: 'twice' | 'alike' }>;

/** What finds the records that a matter may be about. */
function filterOf(matter: OfField): Filter {
  const { field } = matter;
  if (matter.kind === 'empty') return { field, op: 'empty' };
  return matter.kind === 'kept'
    ? { field, op: 'is', value: matter.value }
    : { field, op: 'contains', value: matter.sign };
}

function isLeft(matter: OfField, { wrote, now }: Pair): boolean {
  if (matter.kind === 'empty') {
    const [left, still] = [aside(wrote, matter.heading), aside(now, matter.heading)];
    return left !== undefined && still !== undefined && jsonEqual(left, still);
  }
  const key = ownNameOf(matter.field) ?? matter.field;
  const value = now[key];
  if (value === undefined || !Object.hasOwn(wrote, key) || !jsonEqual(wrote[key] ?? null, value))
    return false;
  if (matter.kind === 'kept') return true;
  return typeof value === 'string' && figuresOf(value)?.sign === matter.sign && readDay(value) !== null;
}

/** What of a cell is kept beside the fields. */
function aside(payload: JsonObject, heading: string): Json | undefined {
  const kept = payload[asideKey] ?? null;
  return isJsonObject(kept) && Object.hasOwn(kept, heading) ? kept[heading] : undefined;
}

interface Asking {
  db: ReadHandle;
  services: Searching;
  imported: Imported;
  type: EntityType;
}

/** Something was kept beside the fields of a record `r`: most of those that lack a field never had it, and need no closer look. */
const hasAside = `r.payload -> '$.${asideKey}' IS NOT NULL`;

/** The live records that match and that the import wrote; null after each piece of those that match. */
function* written(
  { db, services, imported, type }: Asking,
  filter: Filter,
  also = '1',
): Generator<Pair | null, void, void> {
  const since: Filter = { field: 'updated_at', op: 'gte', value: imported.at };
  const filters = [filter, since];
  for (const _ of services.columns.readFilteredAhead(type, filters)) yield null;
  const rowids = matchingRows(db, services, { type, filters, search: '' });
  const sql = `SELECT a.entity_id AS id, a.payload_after AS wrote, r.payload AS now
    FROM json_each(?) j CROSS JOIN ${tableOf[type]} r CROSS JOIN audit_logs a
    WHERE r.rowid = j.value AND r.deleted_at IS NULL AND ${also} AND a.entity_id = r.id AND a.id >= ? AND a.id < ?`;
  for (let at = 0; at < rowids.length; at += piece) {
    const part = JSON.stringify(rowids.slice(at, at + piece));
    type Row = { id: string; wrote: string | null; now: string };
    for (const { id, wrote, now } of db.all<Row>(sql, [part, imported.from, imported.until]))
      yield { id, wrote: parse(wrote), now: parse(now) };
    yield null;
  }
}

/** Whether two of the records that came still have that name within one university. */
function* isTwice(asking: Asking, name: string): Generator<number, boolean, void> {
  const seen = new Set<Json>();
  for (const pair of written(asking, { field: 'name', op: 'contains', value: name })) {
    yield 1;
    const { name: now = null, university_id: at = null } = pair?.now ?? {};
    if (pair === null || typeof now !== 'string' || now.toLowerCase() !== name.toLowerCase()) continue;
    if (!jsonEqual(pair.wrote.name ?? null, now)) continue;
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

type Alike = Extract<LeftMatter, { kind: 'alike' }>;

/** Whether the record that came along and the other one are both here, with names that are nearly the same. */
function* isAlike(asking: Asking, { name, other, here }: Alike): Generator<number, boolean, void> {
  const came = yield* namesMade(asking);
  const ones = came.get(plain(name)) ?? [];
  if (!here) return ones.length > 0 && came.has(plain(other));
  const sql = `SELECT payload ->> '$.name' FROM ${tableOf[asking.type]} WHERE id = ? AND deleted_at IS NULL`;
  const [title] = asking.db.column<string | null>(sql, [other]);
  const now = plain(title ?? '');
  if (now === '' || !ones.some((id) => id !== other)) return false;
  return now === plain(name) || mayBeOne(nearName(plain(name)), nearName(now));
}

/** Ids of the records of a type that the import made and that are here, by their plain names. */
function* namesMade({ db, imported, type }: Asking): Generator<number, Map<string, string[]>, void> {
  const made = new Map<string, string[]>();
  const sql = `SELECT r.id, r.payload ->> '$.name' AS name FROM audit_logs a CROSS JOIN ${tableOf[type]} r
    WHERE a.id >= ? AND a.id < ? AND a.entity_type = ? AND a.action = 'create'
    AND r.id = a.entity_id AND r.deleted_at IS NULL`;
  for (let at = imported.from; at < imported.until; at += piece) {
    const range = [at, Math.min(at + piece, imported.until), type];
    for (const { id, name } of db.all<{ id: string; name: string | null }>(sql, range)) {
      const key = plain(name ?? '');
      made.set(key, [...(made.get(key) ?? []), id]);
    }
    yield at;
  }
  return made;
}
