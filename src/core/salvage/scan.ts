import { auditedTypes, idPrefix, tableOf } from '#shared/domain/types.ts';
import { rowDigest } from '../log/audit/chain.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { Log } from '../kernel/logger.ts';
import { indexCells, pageKinds, leafCells, startOf } from './cells.ts';
import type { Cell, Value } from './cells.ts';
import type { Pages } from './pages.ts';
import { readForest } from './tree.ts';

/** Results of reading a damaged file, in an SQLite file of its own (`logs` and `transactions`: those that agree with their digests). */
export const foundSchema = `
  CREATE TABLE records (type TEXT, page INTEGER, reached INTEGER, id TEXT, payload TEXT, created_at TEXT,
    updated_at TEXT, deleted_at TEXT);
  CREATE TABLE logs (id INTEGER PRIMARY KEY, actor TEXT, action TEXT, entity_type TEXT, entity_id TEXT, university_id TEXT,
    payload_before TEXT, payload_after TEXT, meta TEXT, salt TEXT, digest TEXT, created_at TEXT);
  CREATE TABLE transactions (id INTEGER, label TEXT, params TEXT, params_salt TEXT, params_digest TEXT, actor TEXT, op_id TEXT,
    replica TEXT, hlc TEXT, created_at TEXT, undoes TEXT, redoes TEXT, changes INTEGER, previous_hash TEXT, hash TEXT PRIMARY KEY);
  CREATE INDEX transactions_previous ON transactions (previous_hash);
  CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT);`;

const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
const insertRecord = `INSERT INTO records VALUES (${marks(8)})`;
const insertLog = `INSERT OR IGNORE INTO logs VALUES (${marks(12)})`;
const insertTransaction = `INSERT OR IGNORE INTO transactions VALUES (${marks(15)})`;
const insertFact = 'INSERT OR IGNORE INTO facts VALUES (?, ?)';
const factKeys: readonly unknown[] = ['id', 'name', 'replica', 'created_at', 'sample', 'cleared'];
const typeOfTable = new Map<string, string>(auditedTypes.map((type) => [tableOf[type], type]));

export interface Scanned {
  /** Pages of the damaged file, including those without readable rows. */
  pages: number;
  /** Whether part of any table's tree, or a row of a page, was unreadable. */
  damaged: boolean;
  /** Whether the whole log was read, and every row agrees with its digest. */
  log: boolean;
}

/**
 * Reads every readable row of a damaged file into `found`, page by page, whether or not its table's tree leads there. Yields pages done.
 */
export function* scanPages(pages: Pages, found: Connection): Generator<number, Scanned, void> {
  const { leaves, free, broken } = readForest(pages);
  const spoiled = new Set(broken);
  found.exec('BEGIN');
  for (let number = 1; number <= pages.count; number += 1) {
    if (number % 256 === 0) yield number;
    const table = leaves.get(number);
    if (table === undefined && free.has(number)) continue;
    const page = pages.page(number);
    const kind = page?.[startOf(number)];
    if (!page || (kind === pageKinds.indexLeaf && number !== 1)) {
      if (page) for (const values of indexCells(pages, page)) keepFact(found, values);
      continue;
    }
    if (kind !== pageKinds.leaf) continue;
    const { cells, bad } = leafCells(pages, page, number);
    if (table !== undefined && bad > 0) spoiled.add(table);
    for (const cell of cells)
      if (!keep(found, cell, table, number) && table !== undefined && isLog(table)) spoiled.add(table);
  }
  nameTypes(found);
  found.exec('COMMIT');
  const log = ![...spoiled].some((table) => isLog(table) || table === 'sqlite_master');
  return { pages: pages.count, damaged: spoiled.size > 0, log };
}

export function openFound(file: string, log: Log): Connection {
  const found = openConnection(file, { mode: 'write', log, fileMustExist: false, slow: 60_000 });
  found.pragma('synchronous = OFF');
  found.exec(foundSchema);
  return found;
}

const isLog = (table: string): boolean => table === 'audit_logs' || table === 'audit_transactions';

function keep(found: Connection, { rowid, values }: Cell, table: string | undefined, page: number): boolean {
  const type = table === undefined ? null : typeOfTable.get(table);
  const reached = table === undefined ? 0 : 1;
  if (type !== undefined && isRecord(values))
    found.write.run(insertRecord, [type, page, reached, ...(values.slice(0, 5) as string[])]);
  else if (values.length === 12 && fits(table, 'audit_logs')) return keepLog(found, rowid, values);
  else if (values.length === 15 && fits(table, 'audit_transactions'))
    return keepTransaction(found, rowid, values);
  else return false;
  return true;
}

const fits = (table: string | undefined, expected: string): boolean =>
  table === undefined || table === expected;

const isText = (value: Value | undefined): value is string => typeof value === 'string';
const isTextOrNull = (value: Value | undefined): value is string | null => value === null || isText(value);
const isTime = (value: Value | undefined): value is string =>
  isText(value) && /^[\d+-]{4,7}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);

/** The columns `hidden` and `dangling` follow a record's own; salvaging computes them again. */
function isRecord([id, payload, created, updated, deleted, ...derived]: readonly Value[]): boolean {
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

function keepLog(found: Connection, rowid: number, [, ...rest]: readonly Value[]): boolean {
  const [actor, action, type, id, , before, after, , salt, digest, created] = rest;
  if (![actor, action, type, id, digest, created].every(isText) || !rest.every(isTextOrNull)) return false;
  // A row without a salt was emptied by an erasure; verifying checks the remaining values.
  const isIntact =
    salt === null ||
    (String(salt).length === 32 &&
      rowDigest(String(salt), before as string | null, after as string | null) === digest);
  if (!isIntact) return false;
  found.write.run(insertLog, [rowid, ...(rest as string[])]);
  return true;
}

function keepTransaction(found: Connection, rowid: number, [, ...rest]: readonly Value[]): boolean {
  const changes = rest[11];
  const texts = rest.toSpliced(11, 1);
  const salt = rest[2];
  if (!Number.isInteger(changes) || Number(changes) < 1 || !texts.every(isTextOrNull)) return false;
  if (!isText(rest[13])) return false;
  const isIntact =
    salt === null ||
    (isText(salt) && salt.length === 32 && rowDigest(salt, null, rest[1] as string | null) === rest[3]);
  if (!isIntact) return false;
  found.write.run(insertTransaction, [rowid, ...(rest as string[])]);
  return true;
}

function keepFact(found: Connection, values: readonly Value[]): void {
  const [key, value] = values;
  if (values.length === 2 && factKeys.includes(key) && isText(value))
    found.write.run(insertFact, [key as string, value]);
}

/**
 * Type of the rows of a page that no tree leads to: from the log, since a page belongs to one table; else from their ids' prefixes, which
 * imported ids may lack.
 */
function nameTypes(found: Connection): void {
  const nameless = 'SELECT DISTINCT page FROM records WHERE type IS NULL';
  const ofLog = `SELECT l.entity_type AS type FROM records r JOIN logs l ON l.entity_id = r.id WHERE r.page = ?
    GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`;
  found.exec('CREATE INDEX logs_entity ON logs (entity_id)');
  for (const page of found.column<number>(nameless)) {
    const stated = found.get<{ type: string }>(ofLog, [page])?.type ?? byPrefix(found, page);
    if (stated !== null) found.write.run('UPDATE records SET type = ? WHERE page = ?', [stated, page]);
  }
  found.exec('CREATE INDEX records_id ON records (id)');
}

function byPrefix(found: Connection, page: number): string | null {
  const ids = found.column<string>('SELECT id FROM records WHERE page = ?', [page]);
  const types = auditedTypes.filter((type) => ids.some((id) => id.startsWith(`${idPrefix[type]}_`)));
  return types.length === 1 ? (types[0] ?? null) : null;
}
