import { auditedTypes, idPrefix, tableOf } from '#shared/domain/types.ts';
import { rowDigest } from '../log/audit/chain.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { Log } from '../kernel/logger.ts';
import { indexCells, pageKinds, leafCells, headerOffset } from './cells.ts';
import type { Cell, CellValue } from './cells.ts';
import type { Pages } from './pages.ts';
import { readPageMap } from './tree.ts';

/** Results of reading a damaged file, in an SQLite file of its own (`logs` and `transactions`: those that agree with their digests). */
export const scanSchema = `
  CREATE TABLE records (type TEXT, page INTEGER, reached INTEGER, id TEXT, payload TEXT, created_at TEXT,
    updated_at TEXT, deleted_at TEXT);
  CREATE TABLE logs (id INTEGER PRIMARY KEY, actor TEXT, action TEXT, entity_type TEXT, entity_id TEXT, university_id TEXT,
    payload_before TEXT, payload_after TEXT, meta TEXT, salt TEXT, digest TEXT, created_at TEXT);
  CREATE TABLE transactions (id INTEGER, label TEXT, params TEXT, params_salt TEXT, params_digest TEXT, actor TEXT, op_id TEXT,
    replica TEXT, hlc TEXT, created_at TEXT, undoes TEXT, redoes TEXT, changes INTEGER, previous_hash TEXT, hash TEXT PRIMARY KEY);
  CREATE INDEX transactions_previous ON transactions (previous_hash);
  CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT);`;

const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
const insertRecordSql = `INSERT INTO records VALUES (${placeholders(8)})`;
const insertLogSql = `INSERT OR IGNORE INTO logs VALUES (${placeholders(12)})`;
const insertTransactionSql = `INSERT OR IGNORE INTO transactions VALUES (${placeholders(15)})`;
const insertFactSql = 'INSERT OR IGNORE INTO facts VALUES (?, ?)';
const factKeys: readonly unknown[] = ['id', 'name', 'replica', 'created_at', 'sample', 'cleared'];
const typeByTable = new Map<string, string>(auditedTypes.map((type) => [tableOf[type], type]));

export interface ScanResult {
  /** Pages of the damaged file, including those without readable rows. */
  pages: number;
  /** Whether part of any table's tree, or a row of a page, was unreadable. */
  isDamaged: boolean;
  /** Whether the whole log was read, and every row agrees with its digest. */
  isLogComplete: boolean;
}

/** Reads every readable row of a damaged file into `scanDb`, page by page, also of pages that no table's tree leads to. Yields pages done. */
export function* scanPages(pages: Pages, scanDb: Connection): Generator<number, ScanResult, void> {
  const { tableByLeaf, freePages, brokenTables } = readPageMap(pages);
  const damagedTables = new Set(brokenTables);
  scanDb.exec('BEGIN');
  for (let pageNumber = 1; pageNumber <= pages.pageCount; pageNumber += 1) {
    if (pageNumber % 256 === 0) yield pageNumber;
    const table = tableByLeaf.get(pageNumber);
    if (table === undefined && freePages.has(pageNumber)) continue;
    const page = pages.page(pageNumber);
    const kind = page?.[headerOffset(pageNumber)];
    if (!page || (kind === pageKinds.indexLeaf && pageNumber !== 1)) {
      if (page) for (const values of indexCells(pages, page)) storeFact(scanDb, values);
      continue;
    }
    if (kind !== pageKinds.leaf) continue;
    const { cells, badCount } = leafCells(pages, page, pageNumber);
    if (table !== undefined && badCount > 0) damagedTables.add(table);
    for (const cell of cells)
      if (!storeRow(scanDb, cell, table, pageNumber) && table !== undefined && isLogTable(table))
        damagedTables.add(table);
  }
  assignTypes(scanDb);
  scanDb.exec('COMMIT');
  const isLogComplete = ![...damagedTables].some((table) => isLogTable(table) || table === 'sqlite_master');
  return { pages: pages.pageCount, isDamaged: damagedTables.size > 0, isLogComplete };
}

export function openScanDb(file: string, log: Log): Connection {
  const scanDb = openConnection(file, { mode: 'write', log, fileMustExist: false, slowMs: 60_000 });
  scanDb.pragma('synchronous = OFF');
  scanDb.exec(scanSchema);
  return scanDb;
}

const isLogTable = (table: string): boolean => table === 'audit_logs' || table === 'audit_transactions';

function storeRow(
  scanDb: Connection,
  { rowid, values }: Cell,
  table: string | undefined,
  page: number,
): boolean {
  const type = table === undefined ? null : typeByTable.get(table);
  const reached = table === undefined ? 0 : 1;
  if (type !== undefined && isRecord(values))
    scanDb.write.run(insertRecordSql, [type, page, reached, ...(values.slice(0, 5) as string[])]);
  else if (values.length === 12 && canBeOf(table, 'audit_logs')) return storeLogRow(scanDb, rowid, values);
  else if (values.length === 15 && canBeOf(table, 'audit_transactions'))
    return storeTransaction(scanDb, rowid, values);
  else return false;
  return true;
}

const canBeOf = (table: string | undefined, expected: string): boolean =>
  table === undefined || table === expected;

const isText = (value: CellValue | undefined): value is string => typeof value === 'string';
const isTextOrNull = (value: CellValue | undefined): value is string | null =>
  value === null || isText(value);
const isTime = (value: CellValue | undefined): value is string =>
  isText(value) && /^[\d+-]{4,7}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);

/** The columns `hidden` and `dangling` follow a record's own; salvaging computes them again. */
function isRecord([id, payload, created, updated, deleted, ...derived]: readonly CellValue[]): boolean {
  if (derived.length > 2 || !derived.every((value) => value === 0 || value === 1)) return false;
  if (!isText(id) || !isText(payload) || !isTime(created) || !isTime(updated)) return false;
  if (deleted !== null && !isTime(deleted)) return false;
  return isObject(payload);
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function storeLogRow(scanDb: Connection, rowid: number, [, ...columns]: readonly CellValue[]): boolean {
  const [actor, action, type, id, , before, after, , salt, digest, created] = columns;
  if (![actor, action, type, id, digest, created].every(isText) || !columns.every(isTextOrNull)) return false;
  // A row without a salt was emptied by an erasure; verifying checks the remaining values.
  const isIntact =
    salt === null ||
    (String(salt).length === 32 &&
      rowDigest(String(salt), before as string | null, after as string | null) === digest);
  if (!isIntact) return false;
  scanDb.write.run(insertLogSql, [rowid, ...(columns as string[])]);
  return true;
}

/** Positions in a transaction's columns after its id. */
const [changesIndex, hashIndex] = [11, 13];

function storeTransaction(scanDb: Connection, rowid: number, [, ...columns]: readonly CellValue[]): boolean {
  const [, params, salt, digest] = columns;
  const changes = columns[changesIndex];
  const texts = columns.toSpliced(changesIndex, 1);
  if (!Number.isInteger(changes) || Number(changes) < 1 || !texts.every(isTextOrNull)) return false;
  if (!isText(columns[hashIndex])) return false;
  const isIntact =
    salt === null ||
    (isText(salt) && salt.length === 32 && rowDigest(salt, null, params as string | null) === digest);
  if (!isIntact) return false;
  scanDb.write.run(insertTransactionSql, [rowid, ...(columns as string[])]);
  return true;
}

function storeFact(scanDb: Connection, values: readonly CellValue[]): void {
  const [key, value] = values;
  if (values.length === 2 && factKeys.includes(key) && isText(value))
    scanDb.write.run(insertFactSql, [key as string, value]);
}

/**
 * Assigns a type to the rows of each page that no tree leads to: from the log, since a page belongs to one table; else from the prefixes of
 * their ids, which imported ids can lack.
 */
function assignTypes(scanDb: Connection): void {
  const untypedQuery = 'SELECT DISTINCT page FROM records WHERE type IS NULL';
  const logTypeQuery = `SELECT l.entity_type AS type FROM records r JOIN logs l ON l.entity_id = r.id WHERE r.page = ?
    GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`;
  scanDb.exec('CREATE INDEX logs_entity ON logs (entity_id)');
  for (const page of scanDb.column<number>(untypedQuery)) {
    const type = scanDb.get<{ type: string }>(logTypeQuery, [page])?.type ?? typeByPrefix(scanDb, page);
    if (type !== null) scanDb.write.run('UPDATE records SET type = ? WHERE page = ?', [type, page]);
  }
  scanDb.exec('CREATE INDEX records_id ON records (id)');
}

function typeByPrefix(scanDb: Connection, page: number): string | null {
  const ids = scanDb.column<string>('SELECT id FROM records WHERE page = ?', [page]);
  const types = auditedTypes.filter((type) => ids.some((id) => id.startsWith(`${idPrefix[type]}_`)));
  return types.length === 1 ? (types[0] ?? null) : null;
}
