import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { isAuditedType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { foldRow } from '../log/audit/fold-row.ts';
import type { FoldedRecord, ReplayRow } from '../log/audit/fold-row.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { lastCommonRow, rowOfState } from './history-overlap.ts';

/** A record that differs between the damaged file and the readable log. */
export interface Candidate extends FoldedRecord {
  type: AuditedType;
  id: string;
}

export type SkippedRecord = SalvageReport['left'][number];

/** A record that was found but is not salvaged. The type is '' if unknown. */
export function toSkipped(
  type: AuditedType | '',
  id: string,
  payload: string | null,
  why: SkippedRecord['why'],
): SkippedRecord {
  const fields = JSON.parse(payload ?? '{}') as JsonObject;
  return { type, id, title: type === '' ? '' : titleOf(type, fields), why };
}

const bestRowsQuery = `SELECT type, id, payload, created_at, updated_at, deleted_at, reached FROM records r
  WHERE rowid = (SELECT rowid FROM records x WHERE x.id = r.id ORDER BY reached DESC, updated_at DESC LIMIT 1)`;
const unchainedIdsQuery =
  'SELECT DISTINCT entity_type AS type, entity_id AS id FROM logs WHERE id >= ? ORDER BY id';
const unchainedRowsQuery = `SELECT action, payload_before AS before, payload_after AS after, created_at FROM logs
  WHERE entity_id = ? AND id >= ? ORDER BY id`;
const rowQuery = 'SELECT 1 AS one FROM records WHERE id = ? AND type IS NOT NULL';

export interface Candidates {
  rowsToSalvage: Map<string, Candidate>;
  skipped: SkippedRecord[];
}

/** How much of the log is in `db`. */
export interface LogCoverage {
  head: Head;
  /** Whether a later part is known to be missing. */
  isTailMissing: boolean;
  /** Whether the log is complete, so that every difference is damage. */
  isComplete: boolean;
}

/** Time of the latest transaction, which need not be the last one. */
const latestTimeQuery = 'SELECT max(created_at) AS at FROM audit_transactions';

const lastRowQuery = 'SELECT max(id) AS id FROM audit_logs WHERE entity_id = ?';

/**
 * Finds the records that the damaged file has beyond its readable log. These are rows changed after the latest transaction that was read,
 * and rows that differ where a part of the log is missing. For unreadable rows, the remaining rows of the log count. A row that equals an
 * earlier state in the log is outdated. No row replaces a change that the file possibly never had.
 */
export function findCandidates(
  db: Connection,
  scanDb: Connection,
  { head, isTailMissing, isComplete }: LogCoverage,
): Candidates {
  const candidates: Candidates = { rowsToSalvage: new Map(), skipped: [] };
  const lastTime = db.get<{ at: string | null }>(latestTimeQuery)?.at ?? '';
  const lastCommonId = isTailMissing ? lastCommonRow(db, scanDb) : 0;
  for (const row of scanDb.iterate<Candidate & { type: string | null; reached: number }>(bestRowsQuery)) {
    const { reached, ...candidate } = row;
    const { type, id, payload, updated_at } = candidate;
    if (type === null || !isAuditedType(type)) candidates.skipped.push(toSkipped('', id, payload, 'unnamed'));
    else {
      const loggedRecord = recordState(db, type, id);
      if (
        loggedRecord &&
        (isSameState(loggedRecord, candidate) || isEarlierState(db, loggedRecord, candidate))
      )
        continue;
      const isLater = !isComplete && updated_at > lastTime;
      const isNewer =
        loggedRecord === undefined ||
        updated_at > loggedRecord.updated_at ||
        (reached === 1 && hasNoRowAfter(db, id, lastCommonId));
      if (isLater || (isTailMissing && isNewer && updated_at !== loggedRecord?.updated_at))
        candidates.rowsToSalvage.set(id, candidate);
      else if (!loggedRecord || reached === 1)
        candidates.skipped.push(toSkipped(type, id, payload, 'contradicted'));
    }
  }
  addUnchained(db, scanDb, head, candidates);
  return candidates;
}

function recordState(db: Connection, type: AuditedType, id: string): FoldedRecord | undefined {
  const columns = 'payload, created_at, updated_at, deleted_at';
  return db.get<FoldedRecord>(`SELECT ${columns} FROM ${tableOf[type]} WHERE id = ?`, [id]);
}

const isEarlierState = (db: Connection, logged: FoldedRecord, row: Candidate): boolean =>
  row.updated_at !== logged.updated_at && rowOfState(db, row) > 0;

/** Whether the log has no row of the record after `lastCommonId`, so that any difference is later. */
const hasNoRowAfter = (db: Connection, id: string, lastCommonId: number): boolean =>
  (db.get<{ id: number | null }>(lastRowQuery, [id])?.id ?? 0) <= lastCommonId;

const isSameState = (a: FoldedRecord, b: FoldedRecord): boolean =>
  a.payload === b.payload && a.updated_at === b.updated_at && a.deleted_at === b.deleted_at;

function addUnchained(
  db: Connection,
  scanDb: Connection,
  head: Head,
  { rowsToSalvage, skipped }: Candidates,
): void {
  const from = head.id + head.changes;
  for (const { type, id } of scanDb.all<{ type: string; id: string }>(unchainedIdsQuery, [from])) {
    if (!isAuditedType(type) || rowsToSalvage.has(id) || scanDb.get(rowQuery, [id])) continue;
    const loggedRecord = recordState(db, type, id);
    let [record, isComplete] = [loggedRecord, true];
    for (const row of scanDb.all<ReplayRow>(unchainedRowsQuery, [id, from])) {
      try {
        record = foldRow(record, row);
      } catch {
        isComplete = false;
      }
    }
    if (record && record !== loggedRecord) rowsToSalvage.set(id, { ...record, type, id });
    if (!record) skipped.push(toSkipped(type, id, null, 'unreadable'));
    else if (!isComplete) skipped.push(toSkipped(type, id, record.payload, 'older'));
  }
}
