import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { rmSync, existsSync } from 'node:fs';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { missingChangesIn } from '../log/audit/missing-tail.ts';
import { readRecordedHead } from '../log/audit/head.ts';
import { hasForeignWal } from '../log/audit/foreign-wal.ts';
import { verifyFile } from '../log/audit/verify.ts';
import { withBackupsLocks } from '../kernel/folder-lock.ts';
import { existingPlaces, isOfAnotherWorkspace } from '../versions/backup-folders.ts';
import { createDatabase } from '../kernel/db/create.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { applicationId } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewerSchema } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { runSteps } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { writeFact } from '../log/workspace-facts.ts';
import type { WorkspaceFacts } from '../log/workspace-facts.ts';
import { findStartingPoints, findWorkspaceId } from './base.ts';
import type { StartingPoint } from './base.ts';
import { beginSalvage } from './begin.ts';
import { findCandidates } from './candidates.ts';
import { olderCopy } from './history-overlap.ts';
import { removeUnfit } from './unfit-records.ts';
import { Pages } from './pages.ts';
import { openScanDb, scanPages, type ScanResult } from './scan.ts';
import { writeSalvagedRows } from './write-salvaged-rows.ts';
import type { SalvageWriteOptions } from './write-salvaged-rows.ts';
import { auditedTypes, tableOf, isAuditedType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { isSetting, settingIds } from '../model/workspace-settings.ts';
import type { SkippedRecord } from './candidates.ts';
import { readErasedRows, remainderDigest } from '../log/audit/erased-rows.ts';
import { putRecord } from '../log/audit/fill-from-log.ts';
import { foldRow } from '../log/audit/fold-row.ts';
import type { FoldedRecord, ReplayRow } from '../log/audit/fold-row.ts';
import type { Head } from '../log/audit/head.ts';
import { linksAfter } from './chain.ts';

export interface SalvageContext extends SalvageWriteOptions {
  files: WorkspaceFiles;
  searchedFolder?: string | undefined;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Further records are counted, not named. */
const maxListed = 500;

/**
 * Salvages a damaged workspace into `file`, a new file in its own folder. Begins with the backup that has most of its log, or empty. Then
 * replays the readable log as far as its chain is unbroken, and adds the remaining rows of the tables. The result is verified as by
 * `frames verify`. Throws WORKSPACE, reason damaged, if nothing can be read; BACKUP; BUSY while others work on the backups; CANCELLED.
 */
export async function salvageTo(file: string, context: SalvageContext): Promise<SalvageReport> {
  const { files, searchedFolder, log, signal } = context;
  const scanFile = `${file}.found`;
  const scanDb = openScanDb(scanFile, log);
  try {
    let scanned: ScanResult;
    const pages = new Pages(files.live, { usesWal: !isForeignWal(files, log) });
    try {
      refuseNewerSchema(schemaVersionIn(pages));
      scanned = await runSteps(context, 'reading', scanPages(pages, scanDb), pages.pageCount);
    } finally {
      pages.close();
    }
    if (countRows(scanDb, 'records') + countRows(scanDb, 'logs') === 0) throw nothingToSalvage(files);
    const folders = await existingPlaces(files.folder, searchedFolder);
    const { workspace, start } = await withBackupsLocks(folders, { signal }, async () => {
      const backupFolders = { files, folders, log };
      const workspace = await findWorkspaceId(backupFolders, scanDb);
      const startingPoints = await findStartingPoints(backupFolders, scanDb, workspace);
      return { workspace, start: await beginSalvage(startingPoints, scanDb, file, context) };
    });
    if (!start) throw nothingToSalvage(files);
    const { base, ...backupLists } = start;
    const result = await replayAndAddRows(file, { scanDb, scanned }, base, workspace, context);
    await verifyResult(file, context);
    const another =
      result.missing !== null && workspace !== null && (await isOfAnotherWorkspace(files, workspace));
    return { ...result, ...(another && { another }), ...backupLists };
  } finally {
    scanDb.close();
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${scanFile}${suffix}`, { force: true });
  }
}

/** Whether the write-ahead log is known to be another file's; unknown if the file cannot be read without it. */
function isForeignWal(files: WorkspaceFiles, log: Log): boolean {
  try {
    return hasForeignWal(files, log);
  } catch {
    return false;
  }
}

function schemaVersionIn(pages: Pages): number {
  const firstPage = pages.page(1);
  const isFramesFile =
    firstPage?.toString('latin1', 0, 15) === 'SQLite format 3' &&
    firstPage.readUInt32BE(68) === applicationId;
  return isFramesFile ? firstPage.readUInt32BE(60) : 0;
}

async function replayAndAddRows(
  file: string,
  { scanDb, scanned }: { scanDb: Connection; scanned: ScanResult },
  base: StartingPoint,
  workspace: string | null,
  context: SalvageContext,
): Promise<Omit<SalvageReport, 'spoiled' | 'unused' | 'closed'>> {
  const { files, log } = context;
  if (base.manifest === null) (await createDatabase(file, log)).close();
  using db = openConnection(file, { mode: 'write', log, slowMs: 60_000 });
  db.exec('BEGIN IMMEDIATE');
  writeFacts(db, scanDb, base, workspace, context);
  const transactions = await runSteps(context, 'replay', replayLinks(db, scanDb, base.from));
  db.exec('COMMIT');
  const isTailMissing = isMissing(files, scanDb, base);
  // Computed before the salvaged rows are recorded: the log can have continued without these changes.
  const lostChanges = missingChangesIn(files.head, db);
  const isComplete = readRecordedHead(files.head)?.hash === base.reached.hash;
  const older = scanned.isLogComplete ? olderCopy(db, scanDb, base.reached) : undefined;
  const { rowsToSalvage, skipped } = findCandidates(db, scanDb, {
    head: base.reached,
    isTailMissing,
    isComplete,
  });
  skipped.push(...removeUnfit(db, rowsToSalvage));
  const unread = isTailMissing && !older ? countUnread(db, scanDb) : 0;
  writeSalvagedRows(db, rowsToSalvage, context);
  const tables = countTables(db, scanDb, rowsToSalvage, skipped);
  return {
    backup: base.manifest === null ? null : { id: base.manifest.id, made: base.manifest.made },
    transactions,
    until: base.reached.created_at,
    whole: !isTailMissing && lostChanges === null,
    missing: lostChanges && hasTakenRows({ tables }) ? { ...lostChanges, maybe: true } : lostChanges,
    ...(older && { older }),
    tables,
    unread,
    left: skipped.slice(0, maxListed),
    more: Math.max(0, skipped.length - maxListed),
  };
}

/** Whether part of the log was unread or is possibly unread: without a recorded head its end is unknown. */
function isMissing(
  files: WorkspaceFiles,
  scanDb: Connection,
  { reached, isHeadFound }: StartingPoint,
): boolean {
  const recordedHead = readRecordedHead(files.head);
  const nextRowId = reached.id + reached.changes;
  if (
    !isHeadFound ||
    reached.id === 0 ||
    recordedHead === null ||
    recordedHead.isAltered === true ||
    recordedHead.id >= nextRowId
  )
    return true;
  const laterQuery = `SELECT 1 AS one FROM logs WHERE id >= :due UNION ALL SELECT 1 FROM transactions WHERE id >= :due LIMIT 1`;
  return scanDb.get(laterQuery, { due: nextRowId }) !== undefined;
}

function writeFacts(
  db: Connection,
  scanDb: Connection,
  { manifest }: StartingPoint,
  workspace: string | null,
  { ids, clock }: SalvageContext,
): void {
  const foundFacts = new Map(
    scanDb
      .all<{ key: keyof WorkspaceFacts; value: string }>('SELECT key, value FROM facts')
      .map(({ key, value }) => [key, value]),
  );
  for (const key of ['sample', 'cleared'] as const) {
    const value = foundFacts.get(key);
    if (value !== undefined) writeFact(db.write, key, value);
  }
  if (manifest !== null) return;
  writeFact(db.write, 'id', workspace ?? ids.uuid());
  writeFact(db.write, 'replica', ids.uuid());
  writeFact(db.write, 'name', foundFacts.get('name') ?? 'Salvaged');
  writeFact(db.write, 'created_at', foundFacts.get('created_at') ?? isoTime(clock.now()));
}

/** Throws unless the result verifies. */
async function verifyResult(file: string, context: SalvageContext): Promise<void> {
  const files = { ...context.files, data: file, head: `${file}.none` };
  const { ok, integrity, chain, replay } = await verifyFile({ ...context, files, documents: false }, context);
  if (ok) return;
  const [why] = [...integrity.problems, ...chain.problems, ...replay.problems];
  throw workspaceFault('damaged', { why: clause('salvaged', { why }) });
}

/** WORKSPACE if nothing of live can be read: `lost` if the file is missing, else `damaged`. */
function nothingToSalvage({ live }: Pick<WorkspaceFiles, 'live'>): Fault {
  return workspaceFault(existsSync(live) ? 'damaged' : 'lost', { why: clause('nothingReadable') });
}

/** The number of rows of a table; `table` can include a condition. */
const countRows = (db: Connection, table: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

/** Counts the records with unreadable rows: they can have changed in the unreadable part of the log. */
function countUnread(db: Connection, scanDb: Connection): number {
  let unread = 0;
  for (const type of auditedTypes)
    for (const id of db.column<string>(`SELECT id FROM ${tableOf[type]}`))
      if (!isSetting(type, id) && !scanDb.get('SELECT 1 AS one FROM records WHERE id = ? LIMIT 1', [id]))
        unread += 1;
  return unread;
}

/** Whether records were taken from the tables, without a history. */
const hasTakenRows = ({ tables }: Pick<SalvageReport, 'tables'>): boolean =>
  Object.values(tables).some(({ taken }) => taken > 0);

const exceptSettingsSql = (type: AuditedType): string =>
  type === 'workspace' ? ` AND id NOT IN (${settingIds.map((id) => `'${id}'`).join(', ')})` : '';

/** Per table: readable rows, resulting records, those taken from rows, and those left out. */
function countTables(
  db: Connection,
  scanDb: Connection,
  rowsToSalvage: ReadonlyMap<string, { type: string; id: string }>,
  skipped: readonly SkippedRecord[],
): SalvageReport['tables'] {
  return Object.fromEntries(
    auditedTypes.map((type) => {
      const countOfType = (records: Iterable<{ type: string; id: string }>): number =>
        [...records].filter((record) => record.type === type && !isSetting(type, record.id)).length;
      const idsQuery = `SELECT count(DISTINCT id) AS n FROM records WHERE type = ?${exceptSettingsSql(type)}`;
      const now = countRows(db, `${tableOf[type]} WHERE deleted_at IS NULL${exceptSettingsSql(type)}`);
      const readCount = scanDb.get<{ n: number }>(idsQuery, [type])?.n ?? 0;
      return [
        tableOf[type],
        { found: readCount, now, taken: countOfType(rowsToSalvage.values()), left: countOfType(skipped) },
      ];
    }),
  );
}

const logColumns =
  'id, actor, action, entity_type, entity_id, university_id, payload_before, payload_after, meta, salt, digest, created_at';
const transactionColumns =
  'id, label, params, params_salt, params_digest, actor, op_id, replica, hlc, created_at, undoes, redoes, changes, previous_hash, hash';
const namedParameters = (columns: string): string => columns.replaceAll(/\w+/g, ':$&');
const insertLogSql = `INSERT INTO audit_logs (${logColumns}) VALUES (${namedParameters(logColumns)})`;
const insertTransactionSql = `INSERT INTO audit_transactions (${transactionColumns}) VALUES (${namedParameters(transactionColumns)})`;
const changedIdsQuery = `SELECT DISTINCT entity_type AS type, entity_id AS id FROM audit_logs
  WHERE id >= ? OR id IN (SELECT value FROM json_each(?))`;
const historyQuery = `SELECT action, payload_before AS before, payload_after AS after, created_at
  FROM audit_logs WHERE entity_id = ? ORDER BY id`;

const foundRowsQuery = 'SELECT payload_before, payload_after FROM logs WHERE id = ?';
const foundParamsQuery = 'SELECT params FROM transactions WHERE id = ?';
const emptyRowStatement =
  'UPDATE audit_logs SET payload_before = ?, payload_after = ?, salt = NULL WHERE id = ?';
const emptyParamsStatement = 'UPDATE audit_transactions SET params = ?, params_salt = NULL WHERE id = ?';

type Row = Record<string, string | number | null>;

/**
 * Copies the found log from `from` as far as its chain holds, and applies it to the records. Runs in the caller's transaction. Yields rows
 * done; returns the number of transactions. Throws an Error if the log contradicts itself.
 */
function* replayLinks(db: Connection, scanDb: Connection, from: Head): Generator<number, number, void> {
  let [transactions, rows] = [0, 0];
  for (const link of linksAfter(scanDb, from)) {
    for (const row of link.rows) db.write.run(insertLogSql, row as unknown as Row);
    db.write.run(insertTransactionSql, link.transaction as unknown as Row);
    transactions += 1;
    rows += link.rows.length;
    yield rows;
  }
  // A record that was deleted before the backup and erased after it has no rows after the backup.
  const erasedRowIds = emptyErasedRows(db, scanDb);
  const changedIds = db.all<{ type: string; id: string }>(changedIdsQuery, [
    from.id + from.changes,
    JSON.stringify(erasedRowIds),
  ]);
  let done = 0;
  for (const { type, id } of changedIds) {
    if (!isAuditedType(type)) throw new Error(`the log speaks of a ${type}`);
    let record: FoldedRecord | undefined;
    for (const row of db.all<ReplayRow>(historyQuery, [id])) record = foldRow(record, row);
    if (record) putRecord(db, type, id, record);
    done += 1;
    yield done;
  }
  return transactions;
}

/** Empties the rows of the backup that were erased after it, as the found log has them. Returns the ids of all erased rows. */
function emptyErasedRows(db: Connection, scanDb: Connection): number[] {
  const { rows, labels } = readErasedRows(db);
  for (const [id, digest] of rows) {
    const found = scanDb
      .all<{ payload_before: string | null; payload_after: string | null }>(foundRowsQuery, [id])
      .find((row) => remainderDigest(row.payload_before, row.payload_after) === digest);
    if (found) db.write.run(emptyRowStatement, [found.payload_before, found.payload_after, id]);
  }
  for (const [id, digest] of labels) {
    const found = scanDb
      .all<{ params: string }>(foundParamsQuery, [id])
      .find(({ params }) => remainderDigest(null, params) === digest);
    if (found) db.write.run(emptyParamsStatement, [found.params, id]);
  }
  return [...rows.keys()];
}
