import type { At, Moment } from '#shared/contract/moments.ts';
import { Fault } from '#shared/contract/faults.ts';
import { resolveTime } from '#shared/domain/points-in-time.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Point } from '../model/point-in-time.ts';
import type { Services } from '../model/services.ts';
import { readTransaction } from '../history/queries.ts';
import { findCheckpoint, listCheckpoints } from './checkpoints.ts';

const selectSql = 'SELECT id, hash, created_at, id + changes AS end FROM audit_transactions';
const newestQuery = `${selectSql} ORDER BY id DESC LIMIT 1`;
const oldestQuery = `${selectSql} ORDER BY id LIMIT 1`;
const containingQuery = `${selectSql} WHERE id <= ? ORDER BY id DESC LIMIT 1`;
/** Ordered by position in the log, because after a clock was set back later transactions have earlier times. */
const notLaterQuery = `${selectSql} WHERE created_at <= ? ORDER BY id DESC LIMIT 1`;

/** The state before the first transaction. */
export const beginningOfLog: Point = { id: 0, hash: '', created_at: '', end: 1 };

export function newestPoint(db: ReadHandle): Point {
  return db.get<Point>(newestQuery) ?? beginningOfLog;
}

/** The point in time that a text names: now, first, a log row, a time or a checkpoint. Throws NOT_FOUND. */
export function pointAt(db: ReadHandle, at: At): Point {
  const text = String(at).trim();
  if (/^now$/i.test(text)) return newestPoint(db);
  if (/^first$/i.test(text)) return requirePoint(db.get<Point>(oldestQuery), text);
  if (/^\d+$/.test(text)) return pointOfRow(db, Number(text));
  const time = resolveTime(text, 'end');
  if (time !== null) return db.get<Point>(notLaterQuery, [time]) ?? throwTooEarly(db, text);
  const checkpoint = findCheckpoint(db, text);
  if (!checkpoint) throw noPointFault(text);
  const point = pointOfRow(db, checkpoint.at);
  if (point.hash !== checkpoint.hash) throw noPointFault(text);
  return point;
}

function pointOfRow(db: ReadHandle, row: number): Point {
  const point = db.get<Point>(containingQuery, [Math.min(row, Number.MAX_SAFE_INTEGER)]);
  return requirePoint(point && row < point.end ? point : undefined, String(row));
}

function requirePoint(point: Point | undefined, text: string): Point {
  if (!point) throw noPointFault(text);
  return point;
}

/** Throws NOT_FOUND, with the start of the log, for an earlier time. */
function throwTooEarly(db: ReadHandle, text: string): never {
  const oldest = db.get<Point>(oldestQuery);
  if (!oldest) throw noPointFault(text);
  throw new Fault('NOT_FOUND', { type: 'moment', id: text, begins: oldest.created_at });
}

/** The error for a text that names no point in time. */
export const noPointFault = (text: string): Fault<'NOT_FOUND'> =>
  new Fault('NOT_FOUND', { type: 'moment', id: text });

/** A point in time with its transaction and its names. */
export function readPointDetails(db: ReadHandle, id: number, names = checkpointNames(db)): Moment {
  return { ...readTransaction(db, id), checkpoints: names.get(id) ?? [] };
}

/** Names of points in time, by the id of their transaction. */
export function checkpointNames(db: ReadHandle): ReadonlyMap<number, Moment['checkpoints']> {
  const names = new Map<number, Moment['checkpoints']>();
  for (const { id, name, at, lost } of listCheckpoints(db)) {
    if (!lost) names.set(at, [...(names.get(at) ?? []), { id, name }]);
  }
  return names;
}

/** The current time of the open target: the time of the open point in time, otherwise the clock's. */
export const nowOf = ({ moment, source }: Pick<Services, 'moment' | 'source'>): Date =>
  new Date(moment ? moment.point.created_at : source.clock.now());
