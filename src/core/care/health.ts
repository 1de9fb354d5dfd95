import type { Sentence } from '#shared/texts/sentence.ts';
import type { Finding, Health } from '#shared/contract/care.ts';
import { isFault, problemOf } from '#shared/contract/faults.ts';
import { headFileState, readRecordedHead, readHead, isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { hasForeignWal } from '../log/audit/foreign-wal.ts';
import { verifyChain } from '../log/audit/verify-chain.ts';
import { checkPresentDocuments, documentNames, verifyDocuments } from '../log/audit/verify-documents.ts';
import { verifyReplay } from '../log/audit/verify-replay.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import { lockClosedWorkspace } from '../kernel/swap/lock-closed-workspace.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isCorruptionRecorded, isLogCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled, runYielding, runSteps } from '../kernel/progress.ts';
import type { Pace } from '../kernel/progress.ts';
import { subscribersIn } from '../events/subscribers.ts';
import { listSandboxes } from '../sandboxes/list.ts';
import { readCompleteFacts } from '../log/complete-facts.ts';
import { runLongQueries } from '../kernel/db/long-queries.ts';
import { findKnownHead } from '../versions/known-head.ts';
import { checkBackups } from './backups.ts';
import { clockFinding } from './clock.ts';
import { otherWindowFindings } from './other-windows.ts';
import { workspaceFolderFindings } from './folder-findings.ts';
import { logFinding } from './log-finding.ts';
import { isOfAnotherWorkspace } from '../versions/backup-folders.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { schemaProblems } from '../log/audit/verify-schema.ts';
import { corruptionKindsOf } from '../kernel/db/corruption-kinds.ts';
import { corruptionOf } from './corruption-of-findings.ts';

export interface HealthOptions extends Pace {
  files: WorkspaceFiles;
  log: Log;
  /** Checks every page and index, and replays the log against the records. Recorded damage forces these checks. */
  full: boolean;
  /** The finding about the last attempt at a daily backup; only an open workspace knows it. */
  daily?: readonly Finding[] | undefined;
  /** Returns the free bytes of a folder's disk. Replaced in tests. */
  freeBytesOf?: ((folder: string) => Promise<number>) | undefined;
}

/**
 * Checks a workspace or a sandbox, even one that cannot be opened. Changes nothing; problems are findings, not errors. Other calls run
 * meanwhile. Throws BUSY, CANCELLED.
 */
export async function checkHealth(options: HealthOptions): Promise<Health> {
  const { files, clock, log, signal, freeBytesOf } = options;
  // The head is read before the file: a head read later could name a write that our snapshot of the file lacks.
  const recordedHead = await findKnownHead(files, log);
  const { file: openFinding, db } = tryOpen(files, log);
  const findings = [openFinding];
  try {
    findings.push(
      ...(await workspaceFolderFindings(files, freeBytesOf)),
      await logFinding(files, log, clock.now()),
      ...otherWindowFindings(files),
    );
    const isRecorded = isCorruptionRecorded(files);
    db?.exec('BEGIN');
    checkCancelled(signal);
    if (db)
      findings.push(
        ...(await checkContents(db, recordedHead, { ...options, full: options.full || isRecorded })),
      );
    else if (openFinding.code === 'file.older') findings.push(...(await checkOlderFile(options)));
    if (isRecorded) findings.push(await recordedFinding(findings, { files, log, db }));
    findings.push(...(await backupFindings(files, db, clock.now(), recordedHead)), ...(options.daily ?? []));
    if (db) findings.push(...(await checkSandboxes(db, options)));
  } finally {
    db?.close();
  }
  const severities = ['bad', 'warn', 'good'] as const;
  const state =
    severities.find((severity) => findings.some((finding) => finding.state === severity)) ?? 'good';
  return { state, findings };
}

/** Like `checkHealth` for a workspace that is not open: locks the file and leaves its folder as it was. */
export async function checkClosedHealth(options: HealthOptions): Promise<Health> {
  const release = await lockClosedWorkspace(options.files, options.log);
  try {
    return await checkHealth(options);
  } finally {
    release();
  }
}

function tryOpen(files: WorkspaceFiles, log: Log): { file: Finding; db: Connection | null } {
  // Checked before opening, because SQLite would apply the WAL of another file to this one.
  if (hasForeignWal(files, log))
    return { file: { id: 'file', state: 'bad', code: 'file.strange_log', params: {} }, db: null };
  const file = fileFinding(files);
  if (file.state !== 'good') return { file, db: null };
  let db: Connection | null = null;
  const damagedFinding: Finding = { id: 'file', state: 'bad', code: 'file.damaged', params: {} };
  try {
    db = openConnection(files.data, readOptions(log));
    readCompleteFacts(db);
    return { file, db };
  } catch (error) {
    if (isFault(error)) return { file: damagedFinding, db };
    // If the file could be opened, the later checks report the error.
    if (isSqliteError(error)) return { file: db ? file : damagedFinding, db };
    db?.close();
    throw error;
  }
}

/** Like `checkBackups`. If SQLite cannot read the database, examines all backups instead of only those of this workspace. */
export async function backupFindings(
  files: WorkspaceFiles,
  db: ReadHandle | null,
  now: number,
  recordedHead = readRecordedHead(files.head),
): Promise<Finding[]> {
  try {
    return await checkBackups(files, db, now, recordedHead);
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return checkBackups(files, null, now, recordedHead);
  }
}

function isSqliteError(error: unknown): error is { code: string } {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') && !isBusy(error);
}

const readOptions = (log: Log) => ({ mode: 'read', log, slowMs: 60_000 }) as const;

function fileFinding({ data }: WorkspaceFiles): Finding {
  const inspection = inspectFile(data);
  const badFinding = (code: string): Finding => ({
    id: 'file',
    state: 'bad',
    code: `file.${code}`,
    params: {},
  });
  if (inspection.kind === 'missing') return badFinding('missing');
  if (inspection.kind === 'bad') return badFinding(inspection.reason);
  if (inspection.version > schemaVersion) return badFinding('newer');
  const params = { schema: inspection.version, newest: schemaVersion };
  if (inspection.version < schemaVersion) return { id: 'file', state: 'warn', code: 'file.older', params };
  return { id: 'file', state: 'good', code: 'file.ours', params };
}

async function checkContents(
  db: Connection,
  recordedHead: Head | null,
  options: HealthOptions,
): Promise<Finding[]> {
  const { files, clock } = options;
  const integrity = await catchSqliteError(() => checkIntegrity(db, options), 'integrity');
  const chain = await catchSqliteError(() => checkChain(db, options), 'chain');
  const headAndClock = await catchSqliteError(
    () => checkHeadAndClock(db, files, recordedHead, clock.now()),
    'head',
  );
  const documents = await catchSqliteError(() => checkDocumentFiles(db, options), 'documents');
  const events = await catchSqliteError(async () => subscriberFindings(db), 'events');
  return [integrity, chain, headAndClock, documents, events].flat();
}

const subscriberFindings = (db: ReadHandle): Finding[] =>
  subscribersIn(db).map(({ name, error, behind }): Finding => {
    const [state, code] = error === null ? (['good', 'read'] as const) : (['warn', 'failing'] as const);
    return { id: 'events', state, code: `events.${code}`, params: { name, behind, error: error ?? '' } };
  });

const maxDamaged = 20;

/** The first three names, of a document without one its id, of a file without a document its hash. */
function firstNames(
  documents: readonly { id: string; name: string; sha256?: string }[],
  count: number,
): string {
  const names = documents.slice(0, 3).map(({ id, name, sha256 = '' }) => name || id || sha256.slice(0, 12));
  return [...names, ...(count > names.length ? ['…'] : [])].join(', ');
}

/** The files of documents: their presence and length, with `full` also their content. No finding without documents. */
async function checkDocumentFiles(db: Connection, options: HealthOptions): Promise<Finding[]> {
  const { full } = options;
  const names = documentNames(db);
  const check = await (full
    ? verifyDocuments(options, () => names, options)
    : checkPresentDocuments(options, names));
  const { damaged, elsewhere, unfetched, joined } = check;
  const finding = (
    state: Finding['state'],
    code: string,
    params: Finding['params'],
    rest: Pick<Finding, 'damaged'> = {},
  ): Finding[] => [{ id: 'documents', state, code, params, ...rest }];
  if (damaged.length > 0) {
    const params = { count: damaged.length, documents: firstNames(damaged, damaged.length) };
    return finding('bad', 'documents.damaged', params, { damaged: damaged.slice(0, maxDamaged) });
  }
  if (elsewhere > 0) {
    const code = joined ? 'documents.elsewhere' : 'documents.unattached';
    return finding('good', code, { count: elsewhere, documents: firstNames(unfetched, elsewhere) });
  }
  if (check.files === 0) return [];
  return finding('good', full ? 'documents.whole' : 'documents.present', { count: check.files });
}

/** Checks only the pages of a file with an older schema: its log becomes readable after the migration. */
function checkOlderFile(options: HealthOptions): Promise<Finding[]> {
  return catchSqliteError(async () => {
    using db = openConnection(options.files.data, readOptions(options.log));
    return await checkIntegrity(db, options);
  }, 'integrity');
}

/** Turns an error of SQLite into a finding of the check `id`. */
async function catchSqliteError(check: () => Promise<Finding[]>, id: string): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return [{ id, state: 'bad', code: `${id}.unreadable`, params: { error: error.code } }];
  }
}

async function checkIntegrity(
  db: Connection,
  { files, log, full, signal, onProgress }: HealthOptions,
): Promise<Finding[]> {
  onProgress?.({ kind: 'progress', step: 'integrity', done: 0, total: null });
  const check = full ? 'integrity_check' : 'quick_check';
  const [rows = []] = await runLongQueries({ file: files.data, db, log, signal }, [`PRAGMA ${check}(20)`]);
  const problems = rows.map((row) => String(row[check])).filter((result) => result !== 'ok');
  const how = full ? 'full' : 'quick';
  if (problems[0] === undefined)
    return [{ id: 'integrity', state: 'good', code: 'integrity.whole', params: { how } }];
  const params = { how, count: problems.length, problem: problems[0] };
  return [{ id: 'integrity', state: 'bad', code: 'integrity.damaged', params }];
}

async function checkChain(db: Connection, options: HealthOptions): Promise<Finding[]> {
  const report = await runSteps(options, 'chain', verifyChain(db, null));
  const badFinding = (code: string, problems: readonly Sentence[]): Finding[] => [
    { id: 'chain', state: 'bad', code, params: { count: problems.length, problem: problems[0] ?? '' } },
  ];
  if (!report.ok) return badFinding('chain.broken', report.problems);
  if (options.full) {
    const replay = await runSteps(options, 'replay', verifyReplay(db));
    if (!replay.ok) return badFinding('chain.differs', replay.problems);
  }
  const { transactions, rows } = report;
  return [{ id: 'chain', state: 'good', code: 'chain.whole', params: { transactions, rows } }];
}

async function checkHeadAndClock(
  db: Connection,
  files: WorkspaceFiles,
  recordedHead: Head | null,
  now: number,
): Promise<Finding[]> {
  return [await headFinding(db, files, recordedHead), clockFinding(db, now)];
}

/** Turns an unreadable folder of sandboxes into a finding. */
async function checkSandboxes(db: Connection, options: HealthOptions): Promise<Finding[]> {
  try {
    return [await sandboxesFinding(db, options)];
  } catch (error) {
    if (isSqliteError(error)) return [];
    if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
    const params = { count: 1, id: '', problem: problemOf(error) };
    return [{ id: 'sandboxes', state: 'warn', code: 'sandboxes.problems', params }];
  }
}

async function sandboxesFinding(db: Connection, { files, clock, signal }: HealthOptions): Promise<Finding> {
  const sandboxes = await runYielding(listSandboxes(db, files, 'sandboxes'), { clock, signal });
  const unreadable = sandboxes.filter(({ problem }) => problem !== null);
  const [first] = unreadable;
  if (!first)
    return { id: 'sandboxes', state: 'good', code: 'sandboxes.fine', params: { count: sandboxes.length } };
  const { id, problem } = first;
  const params = { count: unreadable.length, id, problem: problem ?? '' };
  return { id: 'sandboxes', state: 'warn', code: 'sandboxes.problems', params };
}

/** Finds whether the recorded head is part of the log; if not, whether the file is another workspace's. */
async function headFinding(
  db: ReadHandle,
  files: WorkspaceFiles,
  recordedHead: Head | null,
): Promise<Finding> {
  const finding = (state: Finding['state'], code: string): Finding => ({
    id: 'head',
    state,
    code,
    params: {},
  });
  if (recordedHead !== null && !isInLog(db, recordedHead)) {
    const isOtherWorkspace = await isOfAnotherWorkspace(files, readFacts(db).id);
    return finding('bad', isOtherWorkspace ? 'head.another' : 'head.cut');
  }
  if (['altered', 'unreadable'].includes(headFileState(files.head))) return finding('warn', 'head.altered');
  return recordedHead === null && readHead(db).id > 1
    ? finding('warn', 'head.missing')
    : finding('good', 'head.kept');
}

interface CheckedFile {
  files: WorkspaceFiles;
  log: Log;
  /** Null if the file could not be opened. */
  db: Connection | null;
}

/** Compares the corruption that was recorded earlier with the findings of this check: confirmed, not found, or unknown. */
async function recordedFinding(findings: readonly Finding[], checkedFile: CheckedFile): Promise<Finding> {
  const badFindings = findings.filter(({ state }) => state === 'bad');
  const isConfirmed =
    badFindings.some(({ code }) => wrongFileCodes.has(code)) || corruptionOf({ findings }).length > 0;
  if (isConfirmed || (await hasSchemaCorruption(checkedFile)))
    return { id: 'noted', state: 'bad', code: 'noted.damaged', params: {} };
  const isUnreadable = badFindings.some(({ id, code }) => id === 'file' || code.endsWith('.unreadable'));
  return { id: 'noted', state: 'warn', code: isUnreadable ? 'noted.unknown' : 'noted.whole', params: {} };
}

const wrongFileCodes: ReadonlySet<string> = new Set(['file.foreign', 'file.empty']);

async function hasSchemaCorruption({ files, log, db }: CheckedFile): Promise<boolean> {
  if (!db || !isLogCorruptionRecorded(files)) return false;
  const problems = await schemaProblems(db, log);
  return corruptionKindsOf(problems.map(({ finding }) => finding)).length > 0;
}
