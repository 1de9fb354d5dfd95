import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { isAuditedType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { foldRow } from '../log/audit/fold-row.ts';
import type { FoldedRecord, FoldedRow } from '../log/audit/fold-row.ts';
import type { Head } from '../log/audit/head.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { lastCommon, madeBy } from './history-overlap.ts';

/** A record that differs between the damaged file and the readable log. */
export interface Candidate extends FoldedRecord {
  type: AuditedType;
  id: string;
}

export type Left = SalvageReport['left'][number];

/** Found, but not taken. The type is '' if unknown. */
export function leftOf(type: AuditedType | '', id: string, payload: string | null, why: Left['why']): Left {
  const fields = JSON.parse(payload ?? '{}') as JsonObject;
  return { type, id, title: type === '' ? '' : titleOf(type, fields), why };
}

const best = `SELECT type, id, payload, created_at, updated_at, deleted_at, reached FROM records r
  WHERE rowid = (SELECT rowid FROM records x WHERE x.id = r.id ORDER BY reached DESC, updated_at DESC LIMIT 1)`;
const loose = 'SELECT DISTINCT entity_type AS type, entity_id AS id FROM logs WHERE id >= ? ORDER BY id';
const looseOf = `SELECT action, payload_before AS before, payload_after AS after, created_at FROM logs
  WHERE entity_id = ? AND id >= ? ORDER BY id`;
const hasRow = 'SELECT 1 AS one FROM records WHERE id = ? AND type IS NOT NULL';

export interface Candidates {
  take: Map<string, Candidate>;
  left: Left[];
}

/** How much of the log is in `db`. */
export interface LogCoverage {
  head: Head;
  /** Whether a later part is known to be missing. */
  missing: boolean;
  /** Whether the log is complete, so that every difference is damage. */
  ended: boolean;
}

/** Time of the latest transaction, which need not be the last one. */
const latest = 'SELECT max(created_at) AS at FROM audit_transactions';

const lastOf = 'SELECT max(id) AS id FROM audit_logs WHERE entity_id = ?';

/**
 * What the damaged file holds beyond its readable log: rows changed after every transaction that was read, or that differ where a part of
 * the log is missing; and records with unreadable rows, from the rows of the log that remain. A row that equals an earlier state in the log
 * is outdated. No row replaces a change that the file may never have had.
 */
export function candidatesIn(
  db: Connection,
  found: Connection,
  { head, missing, ended }: LogCoverage,
): Candidates {
  const all: Candidates = { take: new Map(), left: [] };
  const last = db.get<{ at: string | null }>(latest)?.at ?? '';
  const common = missing ? lastCommon(db, found) : 0;
  for (const row of found.iterate<Candidate & { type: string | null; reached: number }>(best)) {
    const { reached, ...candidate } = row;
    const { type, id, payload, updated_at } = candidate;
    if (type === null || !isAuditedType(type)) all.left.push(leftOf('', id, payload, 'unnamed'));
    else {
      const known = stateOf(db, type, id);
      if (known && (isSame(known, candidate) || isFormer(db, known, candidate))) continue;
      const later = !ended && updated_at > last;
      const newer =
        known === undefined ||
        updated_at > known.updated_at ||
        (reached === 1 && touchedUntil(db, id, common));
      if (later || (missing && newer && updated_at !== known?.updated_at)) all.take.set(id, candidate);
      else if (!known || reached === 1) all.left.push(leftOf(type, id, payload, 'contradicted'));
    }
  }
  addLoose(db, found, head, all);
  return all;
}

function stateOf(db: Connection, type: AuditedType, id: string): FoldedRecord | undefined {
  const columns = 'payload, created_at, updated_at, deleted_at';
  return db.get<FoldedRecord>(`SELECT ${columns} FROM ${tableOf[type]} WHERE id = ?`, [id]);
}

const isFormer = (db: Connection, known: FoldedRecord, row: Candidate): boolean =>
  row.updated_at !== known.updated_at && madeBy(db, row) > 0;

/** Whether the log ends for a record at this row, so that any difference is later. */
const touchedUntil = (db: Connection, id: string, common: number): boolean =>
  (db.get<{ id: number | null }>(lastOf, [id])?.id ?? 0) <= common;

const isSame = (one: FoldedRecord, two: FoldedRecord): boolean =>
  one.payload === two.payload && one.updated_at === two.updated_at && one.deleted_at === two.deleted_at;

function addLoose(db: Connection, found: Connection, head: Head, { take, left }: Candidates): void {
  const from = head.id + head.changes;
  for (const { type, id } of found.all<{ type: string; id: string }>(loose, [from])) {
    if (!isAuditedType(type) || take.has(id) || found.get(hasRow, [id])) continue;
    const known = stateOf(db, type, id);
    let [record, whole] = [known, true];
    for (const row of found.all<FoldedRow>(looseOf, [id, from])) {
      try {
        record = foldRow(record, row);
      } catch {
        whole = false;
      }
    }
    if (record && record !== known) take.set(id, { ...record, type, id });
    if (!record) left.push(leftOf(type, id, null, 'unreadable'));
    else if (!whole) left.push(leftOf(type, id, record.payload, 'older'));
  }
}
