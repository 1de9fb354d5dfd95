import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditLogRow } from '../kernel/db/schema.ts';
import { parse } from '../history/effect.ts';

/** Rows of a log looked at between two pauses. */
const slice = 1000;

const newest = 'SELECT max(id) AS last FROM audit_logs';
const because = `SELECT id, entity_type, entity_id, action, payload_before, payload_after, meta FROM audit_logs
  WHERE id >= ? AND id < ? AND meta IS NOT NULL AND action IN ('delete', 'update') ORDER BY id`;
const lastAbout = 'SELECT max(id) AS last FROM audit_logs WHERE entity_id = ?';
const updatesSince = `SELECT payload_before, payload_after FROM audit_logs
  WHERE entity_id = ? AND id > ? AND action = 'update'`;

/** What a side lost of a record since another was deleted there: all of it, or references. */
export interface Follower {
  type: AuditedType;
  id: string;
  /** The id of the record whose deletion it followed from. */
  of: string;
  whole: boolean;
  /** The references that were emptied, with what they were. */
  fields: Map<string, Json>;
}
/** By the ids of the records. */
export type Followers = ReadonlyMap<string, Follower>;
export const nobody: Followers = new Map();

type Row = Pick<
  AuditLogRow,
  'id' | 'entity_type' | 'entity_id' | 'action' | 'payload_before' | 'payload_after' | 'meta'
>;

/** That a record went, or lost a reference, with another. */
export interface Loss {
  row: number;
  type: AuditedType;
  id: string;
  /** Null where all of it went. */
  field: string | null;
  was: Json;
  /** What it followed from first, then what it would have followed from otherwise: what it referred to. */
  causes: readonly string[];
}

/**
 * What went, or lost a reference, on a side because some records were deleted there, and is still so; also what went with what went. Of a
 * link it is enough that one of its ends is among them, of a reference what it referred to. `isOwn` tells what somebody decided by itself. Yields
 * how many rows of the log it has looked at, from `from` on.
 */
export function* followersOf(
  db: ReadHandle,
  from: number,
  deleted: ReadonlySet<string>,
  isOwn: (loss: Pick<Loss, 'type' | 'id' | 'field'>) => boolean,
): Generator<number, Followers, void> {
  if (deleted.size === 0) return nobody;
  const by = yield* lossesIn(db, from);
  const found = new Map<string, Follower>();
  const roots = new Map([...deleted].map((id) => [id, id]));
  for (const [cause, of] of roots)
    for (const loss of by.get(cause) ?? []) {
      if (deleted.has(loss.id) || isOwn(loss) || !isStillSo(db, loss)) continue;
      const { type, id, field, was } = loss;
      const one = found.get(id) ?? { type, id, of, whole: false, fields: new Map<string, Json>() };
      found.set(id, one);
      if (field !== null) one.fields.set(field, was);
      else if (!one.whole) {
        one.whole = true;
        // What comes after it in the loop followed from this one.
        roots.set(id, roots.get(id) ?? of);
      }
    }
  return found;
}

/** By the ids of what they followed from. */
function* lossesIn(db: ReadHandle, from: number): Generator<number, Map<string, Loss[]>, void> {
  const found = new Map<string, Loss[]>();
  yield* eachLoss(db, from, (loss) => {
    for (const cause of loss.causes) {
      const some = found.get(cause);
      if (some) some.push(loss);
      else found.set(cause, [loss]);
    }
  });
  return found;
}

/** Hands over what went, or lost a reference, with another, in the order of the log. Yields how many rows it has looked at, from `from` on. */
export function* eachLoss(
  db: ReadHandle,
  from: number,
  take: (loss: Loss) => void,
): Generator<number, void, void> {
  const last = db.get<{ last: number | null }>(newest)?.last ?? 0;
  for (let at = from; at <= last; at += slice) {
    for (const row of db.all<Row>(because, [at, at + slice])) for (const loss of lossesOf(row)) take(loss);
    yield Math.min(last, at + slice) - from;
  }
}

function lossesOf({ id: row, entity_type, entity_id: id, action, meta, ...row2 }: Row): Loss[] {
  const { because: cause } = parse(meta);
  if (typeof cause !== 'string' || !isAuditedType(entity_type)) return [];
  const before = parse(row2.payload_before);
  const shared = { row, type: entity_type, id };
  if (action === 'delete') {
    const ends = entity_type === 'interface' ? [before.from, before.to] : [];
    const causes = [...new Set([cause, ...ends])].filter((one) => typeof one === 'string');
    return [{ ...shared, field: null, was: null, causes }];
  }
  const after: JsonObject = parse(row2.payload_after);
  return Object.entries(before).flatMap(([field, was]) =>
    typeof was === 'string' && (after[field] ?? null) === null
      ? [{ ...shared, field, was, causes: [...new Set([cause, was])] }]
      : [],
  );
}

/** Whether nothing else was done to it since. */
function isStillSo(db: ReadHandle, { id, row, field }: Loss): boolean {
  if (field === null) return db.get<{ last: number }>(lastAbout, [id])?.last === row;
  type Update = Pick<AuditLogRow, 'payload_before' | 'payload_after'>;
  return !db
    .all<Update>(updatesSince, [id, row])
    .some((update) =>
      [update.payload_before, update.payload_after].some((side) => Object.hasOwn(parse(side), field)),
    );
}
