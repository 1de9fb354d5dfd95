import type { At, Moment } from '#shared/contract/moments.ts';
import { Fault } from '#shared/contract/faults.ts';
import { resolveTime } from '#shared/domain/moments.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Point } from '../model/point-in-time.ts';
import { readTransaction } from '../history/queries.ts';
import { findCheckpoint, listCheckpoints } from './checkpoints.ts';

const columns = 'SELECT id, hash, created_at, id + changes AS end FROM audit_transactions';
const newest = `${columns} ORDER BY id DESC LIMIT 1`;
const oldest = `${columns} ORDER BY id LIMIT 1`;
const holding = `${columns} WHERE id <= ? ORDER BY id DESC LIMIT 1`;
/** By position in the log: after a clock was set back, later transactions have earlier times. */
const notLater = `${columns} WHERE created_at <= ? ORDER BY id DESC LIMIT 1`;

/** The state before the first transaction. */
export const beginningOfLog: Point = { id: 0, hash: '', created_at: '', end: 1 };

export function newestPoint(db: ReadHandle): Point {
  return db.get<Point>(newest) ?? beginningOfLog;
}

/** The transaction that a text or time names. Throws NOT_FOUND. */
export function pointAt(db: ReadHandle, at: At): Point {
  const text = String(at).trim();
  if (/^now$/i.test(text)) return newestPoint(db);
  if (/^first$/i.test(text)) return found(db.get<Point>(oldest), text);
  if (/^\d+$/.test(text)) return byRow(db, Number(text));
  const time = resolveTime(text, 'end');
  if (time !== null) return db.get<Point>(notLater, [time]) ?? tooEarly(db, text);
  const checkpoint = findCheckpoint(db, text);
  if (!checkpoint) throw noMoment(text);
  const point = byRow(db, checkpoint.at);
  if (point.hash !== checkpoint.hash) throw noMoment(text);
  return point;
}

function byRow(db: ReadHandle, row: number): Point {
  const point = db.get<Point>(holding, [Math.min(row, Number.MAX_SAFE_INTEGER)]);
  return found(point && row < point.end ? point : undefined, String(row));
}

function found(point: Point | undefined, text: string): Point {
  if (!point) throw noMoment(text);
  return point;
}

/** Throws NOT_FOUND, with the start of the log, for an earlier time. */
function tooEarly(db: ReadHandle, text: string): never {
  const first = db.get<Point>(oldest);
  if (!first) throw noMoment(text);
  throw new Fault('NOT_FOUND', { type: 'moment', id: text, begins: first.created_at });
}

/** The error for a text that names no point in time. */
export const noMoment = (text: string): Fault<'NOT_FOUND'> =>
  new Fault('NOT_FOUND', { type: 'moment', id: text });

/** A point in time with its transaction and its names. */
export function momentOf(db: ReadHandle, id: number, names = namesIn(db)): Moment {
  return { ...readTransaction(db, id), checkpoints: names.get(id) ?? [] };
}

/** Names of points in time, by the transaction they follow. */
export function namesIn(db: ReadHandle): ReadonlyMap<number, Moment['checkpoints']> {
  const names = new Map<number, Moment['checkpoints']>();
  for (const { id, name, at, lost } of listCheckpoints(db)) {
    if (!lost) names.set(at, [...(names.get(at) ?? []), { id, name }]);
  }
  return names;
}
