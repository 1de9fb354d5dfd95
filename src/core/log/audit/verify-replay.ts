import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { foldRow } from './fold-row.ts';
import type { FoldedRecord, ReplayRow } from './fold-row.ts';
import { Problems } from './problems.ts';

export interface ReplayReport {
  ok: boolean;
  records: number;
  problems: Sentence[];
}

const rowsPerSlice = 4000;

/** Finds the records to replay. This query itself compares records whose log is a single creation. */
const idsToReplayQuery = (type: AuditedType): string => `SELECT r.id FROM ${tableOf[type]} r
  LEFT JOIN audit_logs l ON l.entity_id = r.id
  WHERE r.rowid >= ? AND r.rowid <= ?
  GROUP BY r.rowid
  HAVING count(*) <> 1 OR NOT coalesce(max(
    l.action = 'create' AND l.entity_type = '${type}' AND l.payload_before IS NULL AND l.payload_after = r.payload
    AND l.created_at = r.created_at AND l.created_at = r.updated_at AND r.deleted_at IS NULL), 0)`;
const historyQuery = `SELECT entity_type, action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_id = ? ORDER BY id`;
const typeCondition = (types: readonly AuditedType[]): string =>
  types.length === auditedTypes.length ? '1' : `entity_type IN ('${types.join("', '")}')`;
const missingQuery = (types: readonly AuditedType[]): string =>
  `SELECT entity_id AS id, max(entity_type) AS type FROM audit_logs WHERE ${typeCondition(types)}
  AND entity_id NOT IN (${types.map((type) => `SELECT id FROM ${tableOf[type]}`).join(' UNION ALL ')})
  GROUP BY entity_id LIMIT 21`;

interface LogRow extends ReplayRow {
  entity_type: string;
}

/**
 * Replays the log and compares the result with the record tables: each record must match exactly, and no other may exist. Skips tables that
 * an older schema lacks: the next upgrade fills them from the log, and the schema check covers missing tables. Yields the number of records
 * done; memory does not grow with the log.
 */
export function* verifyReplay(db: Connection): Generator<number, ReplayReport, void> {
  const problems = new Problems();
  let records = 0;
  let unloggedCount = 0;
  const tables = tablesIn(db);
  const types = auditedTypes.filter((type) => tables.has(tableOf[type]));
  for (const type of types) {
    const { count, ranges } = slicesOf(db, type);
    for (const [index, [from, to]] of ranges.entries()) {
      for (const id of db.column<string>(idsToReplayQuery(type), [from, to])) {
        if (!replayRecord(db, type, id, problems)) unloggedCount += 1;
      }
      yield records + Math.min(count, (index + 1) * rowsPerSlice);
    }
    records += count;
  }
  const countQuery = `SELECT count(DISTINCT entity_id) AS n FROM audit_logs WHERE ${typeCondition(types)}`;
  const loggedCount = types.length === 0 ? 0 : (db.get<{ n: number }>(countQuery)?.n ?? 0);
  if (loggedCount !== records - unloggedCount) {
    for (const { id, type } of db.all<{ id: string; type: string }>(missingQuery(types))) {
      problems.add(clause('onlyLog', { type, id }));
    }
  }
  for (const fact of changedFacts(db)) problems.add(clause('factDiffers', { fact }));
  return { ok: problems.list.length === 0, records, problems: problems.list };
}

const creationQuery = `SELECT params ->> '$.workspace' AS id, params ->> '$.name' AS name, params ->> '$.made' AS created_at
  FROM audit_transactions WHERE label = 'workspace.create' ORDER BY id LIMIT 1`;

/** Facts of the file that are not those of its creation. A sandbox takes the id and name of the workspace that it belongs to. */
function changedFacts(db: Connection): string[] {
  const tables = tablesIn(db);
  if (!tables.has('workspace') || !tables.has('audit_transactions')) return [];
  const created = db.get<Record<string, string | null>>(creationQuery) ?? {};
  const stored = new Map(
    db
      .all<{ key: string; value: string }>('SELECT key, value FROM workspace')
      .map(({ key, value }) => [key, value]),
  );
  const facts = stored.has('sandbox_id') ? ['created_at'] : ['id', 'name', 'created_at'];
  return facts.filter((fact) => (created[fact] ?? null) !== null && stored.get(fact) !== created[fact]);
}

/** Ranges of row ids that cover a table; few ranges even if a row id is very large. */
function slicesOf(
  db: Connection,
  type: AuditedType,
): { count: number; ranges: readonly (readonly [from: bigint, to: bigint])[] } {
  const query = `SELECT min(rowid), max(rowid), count(*) FROM ${tableOf[type]}`;
  const bounds = db.raw.prepare(query).safeIntegers().raw().get() as [bigint | null, bigint, bigint];
  const [firstRow, lastRow, count] = bounds;
  const ranges: (readonly [bigint, bigint])[] = [];
  if (firstRow === null) return { count: 0, ranges };
  const evenStep = (lastRow - firstRow) / (count / BigInt(rowsPerSlice) + 100n);
  const step = evenStep > BigInt(rowsPerSlice) ? evenStep : BigInt(rowsPerSlice);
  for (let from = firstRow; from <= lastRow; from += step + 1n) {
    ranges.push([from, from + step < lastRow ? from + step : lastRow]);
  }
  return { count: Number(count), ranges };
}

/** Compares one record with its log. Returns whether the log has rows of it. */
function replayRecord(db: Connection, type: AuditedType, id: string, problems: Problems): boolean {
  const rows = db.all<LogRow>(historyQuery, [id]);
  if (rows.length === 0) {
    problems.add(clause('onlyTable', { type, id }));
    return false;
  }
  let replayed: FoldedRecord | undefined;
  for (const row of rows) {
    try {
      if (row.entity_type !== type) {
        problems.add(clause('calledOther', { type, id, other: row.entity_type }));
        return true;
      }
      replayed = foldRow(replayed, row);
    } catch (error) {
      problems.add(clause('noHistory', { type, id, error: error instanceof Error ? error.message : '' }));
      return true;
    }
  }
  const columns = 'payload, created_at, updated_at, deleted_at';
  const stored = db.get<FoldedRecord>(`SELECT ${columns} FROM ${tableOf[type]} WHERE id = ?`, [id]);
  const isEqual =
    stored &&
    replayed &&
    stored.payload === replayed.payload &&
    stored.created_at === replayed.created_at &&
    stored.updated_at === replayed.updated_at &&
    stored.deleted_at === replayed.deleted_at;
  if (!isEqual) problems.add(clause('replay', { type, id }));
  return true;
}
