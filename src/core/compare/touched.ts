import { auditedTypes, isAuditedType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Footing } from './base.ts';

/** Rows of a log looked at between two pauses: some milliseconds. */
const slice = 1000;

const inLog = `SELECT entity_type AS type, entity_id AS id, max(id) AS last FROM audit_logs
  WHERE id >= ? AND id < ? GROUP BY entity_type, entity_id`;
const lastRow = 'SELECT max(id) AS last FROM audit_logs';

interface Row {
  type: string;
  id: string;
  last: number;
}

/** Ids of records by type, each with the last row of the log that is about it. */
export type Touched = ReadonlyMap<AuditedType, ReadonlyMap<string, number>>;

/** Which records the end of a log is about. Yields how many rows it has looked at. */
export function* touchedIn(db: ReadHandle, from: number): Generator<number, Touched, void> {
  const found = new Map<AuditedType, Map<string, number>>(auditedTypes.map((type) => [type, new Map()]));
  const last = db.get<{ last: number | null }>(lastRow)?.last ?? 0;
  for (let at = from; at <= last; at += slice) {
    for (const { type, id, last: row } of db.all<Row>(inLog, [at, at + slice]))
      if (isAuditedType(type)) found.get(type)?.set(id, row);
    yield Math.min(last, at + slice) - from;
  }
  return found;
}

/** Every record of the tables, where no log tells which are meant. */
function* everything(db: ReadHandle): Generator<number, Touched, void> {
  const found = new Map<AuditedType, Map<string, number>>();
  for (const type of auditedTypes) {
    const ids = db.column<string>(`SELECT id FROM ${tableOf[type]}`);
    found.set(type, new Map(ids.map((id) => [id, 0])));
    yield ids.length;
  }
  return found;
}

/** Records that may be different: those that one of the logs is about since both were the same. */
export interface Candidates {
  live: Touched;
  play: Touched;
  /** Ids that the two sides have given to records of different types. */
  twoTypes: ReadonlySet<string>;
  /** Of what others hang on, as far as somebody asked, whether the base has it: many records may hang on one. */
  baseHas: Map<string, boolean>;
}

export function* candidates(
  live: ReadHandle,
  play: ReadHandle,
  { common, base }: Footing,
): Generator<number, Candidates, void> {
  const read = (db: ReadHandle) => (base ? touchedIn(db, common) : everything(db));
  const inLive = yield* read(live);
  const inPlay = yield* read(play);
  return { live: inLive, play: inPlay, twoTypes: ofTwoTypes(inLive, inPlay), baseHas: new Map() };
}

function ofTwoTypes(live: Touched, play: Touched): Set<string> {
  const types = new Map<string, AuditedType>();
  for (const [type, ids] of live) for (const id of ids.keys()) types.set(id, type);
  const found = new Set<string>();
  for (const [type, ids] of play)
    for (const id of ids.keys()) if ((types.get(id) ?? type) !== type) found.add(id);
  return found;
}
