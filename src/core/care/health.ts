import type { Sentence } from '#shared/texts/sentence.ts';
import type { Finding, Health } from '#shared/contract/care.ts';
import { isFault, problemOf } from '#shared/contract/faults.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import { keptHead, readHead, isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { hasForeignWal } from '../log/audit/foreign-wal.ts';
import { verifyChain } from '../log/audit/verify-chain.ts';
import { verifyReplay } from '../log/audit/verify-replay.ts';
import { isBusy } from '../kernel/db/begin-immediate.ts';
import { holdForReading } from '../kernel/swap/hold-for-reading.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isCorruptionRecorded, isLogCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled, progressStream } from '../kernel/progress.ts';
import { listSandboxes } from '../sandboxes/list.ts';
import type { Clock } from '../kernel/system.ts';
import { readCompleteFacts } from '../log/workspace-parts.ts';
import { askDatabase } from '../kernel/db/ask.ts';
import { knownHead } from '../versions/named-head.ts';
import { lookAtBackups } from './backups.ts';
import { clockFinding } from './clock.ts';
import { otherWindows } from './others.ts';
import { lookAtPlace } from './place.ts';
import { isAnothers } from '../versions/place.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { schemaProblems } from '../log/audit/verify-schema.ts';
import { corruptionKindsOf } from '../kernel/db/corruption-kinds.ts';
import { foundDamage } from './found-damage.ts';

export interface Looking {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  /** Checks every page and index, and replays the log against the records. Recorded damage forces these checks. */
  full: boolean;
  signal?: AbortSignal | undefined;
  /** The finding about the last attempt at a daily backup; only an open workspace knows it. */
  daily?: readonly Finding[] | undefined;
  /** Returns the space on a disk in bytes. */
  free?: ((folder: string) => Promise<number>) | undefined;
}

/**
 * Checks a workspace or a sandbox, even one that cannot be opened. Changes nothing; problems are findings, not errors. Other calls continue
 * meanwhile. Throws BUSY, CANCELLED.
 */
export async function* healthOf(looking: Looking): Stream<Health> {
  const { files, clock, log, signal, free } = looking;
  // Read first: later writes of others would be missing from the file as it is read below.
  const kept = await knownHead(files, log);
  const { file, db } = opened(files, log);
  const findings = [file, ...(await lookAtPlace(files, free)), ...otherWindows(files)];
  const isRecorded = isCorruptionRecorded(files);
  try {
    db?.exec('BEGIN');
    checkCancelled(signal);
    if (db) findings.push(...(yield* lookInto(db, kept, { ...looking, full: looking.full || isRecorded })));
    else if (file.code === 'file.older') findings.push(...(yield* integrityOfOlder(looking)));
    if (isRecorded) findings.push(await recordedFinding(findings, { files, log, db }));
    findings.push(...(await backupsOf(files, db, clock.now(), kept)), ...(looking.daily ?? []));
    if (db) findings.push(...(yield* shelfOf(db, looking)));
  } finally {
    db?.close();
  }
  const order = ['bad', 'warn', 'good'] as const;
  const state = order.find((one) => findings.some((finding) => finding.state === one)) ?? 'good';
  yield { kind: 'result', result: { state, findings } };
}

/** As `healthOf` for a workspace that is not open: locks the file and leaves its folder as it was. */
export async function* healthOfClosed(looking: Looking): Stream<Health> {
  const release = await holdForReading(looking.files, looking.log);
  try {
    yield* healthOf(looking);
  } finally {
    release();
  }
}

function opened(files: WorkspaceFiles, log: Log): { file: Finding; db: Connection | null } {
  // Checked first: SQLite would mix the file with another file's log.
  if (hasForeignWal(files, log))
    return { file: { id: 'file', state: 'bad', code: 'file.strange_log', params: {} }, db: null };
  const file = fileFinding(files);
  if (file.state !== 'good') return { file, db: null };
  let db: Connection | null = null;
  const damaged: Finding = { id: 'file', state: 'bad', code: 'file.damaged', params: {} };
  try {
    db = openConnection(files.data, quietly(log));
    readCompleteFacts(db);
    return { file, db };
  } catch (error) {
    if (isFault(error)) return { file: damaged, db };
    // The failure becomes a finding below.
    if (isDamage(error)) return { file: db ? file : damaged, db };
    db?.close();
    throw error;
  }
}

/** Without the workspace's id, all backups are examined. */
export async function backupsOf(
  files: WorkspaceFiles,
  db: ReadHandle | null,
  now: number,
  kept = keptHead(files.head),
): Promise<Finding[]> {
  try {
    return await lookAtBackups(files, db, now, kept);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return lookAtBackups(files, null, now, kept);
  }
}

function isDamage(error: unknown): error is { code: string } {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') && !isBusy(error);
}

const quietly = (log: Log) => ({ mode: 'read', log, slow: 60_000 }) as const;

function fileFinding({ data }: WorkspaceFiles): Finding {
  const found = inspectFile(data);
  const bad = (code: string): Finding => ({ id: 'file', state: 'bad', code: `file.${code}`, params: {} });
  if (found.kind === 'missing') return bad('missing');
  if (found.kind === 'bad') return bad(found.reason);
  if (found.version > schemaVersion) return bad('newer');
  const params = { schema: found.version, newest: schemaVersion };
  if (found.version < schemaVersion) return { id: 'file', state: 'warn', code: 'file.older', params };
  return { id: 'file', state: 'good', code: 'file.ours', params };
}

type Steps<T> = AsyncGenerator<Progress, T, void>;

async function* lookInto(db: Connection, kept: Head | null, looking: Looking): Steps<Finding[]> {
  const { files, clock } = looking;
  const integrity = yield* orDamaged(() => integrityOf(db, looking), 'integrity');
  const chain = yield* orDamaged(() => chainOf(db, looking), 'chain');
  const more = yield* orDamaged(() => logOf(db, files, kept, clock.now()), 'head');
  return [integrity, chain, more].flat();
}

/** A file with an older schema is checked only this far: its log can be read after the migration. */
function integrityOfOlder(looking: Looking): Steps<Finding[]> {
  return orDamaged(async function* () {
    const db = openConnection(looking.files.data, quietly(looking.log));
    try {
      return yield* integrityOf(db, looking);
    } finally {
      db.close();
    }
  }, 'integrity');
}

/** An error of SQLite is a finding. */
async function* orDamaged(look: () => Steps<Finding[]>, id: string): Steps<Finding[]> {
  try {
    return yield* look();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [{ id, state: 'bad', code: `${id}.unreadable`, params: { error: error.code } }];
  }
}

async function* integrityOf(db: Connection, { files, log, full, signal }: Looking): Steps<Finding[]> {
  yield { kind: 'progress', step: 'integrity', done: 0, total: null };
  const check = full ? 'integrity_check' : 'quick_check';
  const [rows = []] = await askDatabase({ file: files.data, db, log, signal }, [`PRAGMA ${check}(20)`]);
  const problems = rows.map((row) => String(row[check])).filter((result) => result !== 'ok');
  const how = full ? 'full' : 'quick';
  if (problems[0] === undefined)
    return [{ id: 'integrity', state: 'good', code: 'integrity.whole', params: { how } }];
  const params = { how, count: problems.length, problem: problems[0] };
  return [{ id: 'integrity', state: 'bad', code: 'integrity.damaged', params }];
}

async function* chainOf(db: Connection, { clock, signal, full }: Looking): Steps<Finding[]> {
  const walk = verifyChain(db, null);
  const report = yield* progressStream(walk, { step: 'chain', total: null, clock, signal });
  const bad = (code: string, problems: readonly Sentence[]): Finding[] => [
    { id: 'chain', state: 'bad', code, params: { count: problems.length, problem: problems[0] ?? '' } },
  ];
  if (!report.ok) return bad('chain.broken', report.problems);
  if (full) {
    const replay = yield* progressStream(verifyReplay(db), { step: 'replay', total: null, clock, signal });
    if (!replay.ok) return bad('chain.differs', replay.problems);
  }
  const { transactions, rows } = report;
  return [{ id: 'chain', state: 'good', code: 'chain.whole', params: { transactions, rows } }];
}

// oxlint-disable-next-line require-yield -- Other checks report progress.
async function* logOf(
  db: Connection,
  files: WorkspaceFiles,
  kept: Head | null,
  now: number,
): Steps<Finding[]> {
  return [await headFinding(db, files, kept), clockFinding(db, now)];
}

/** A broken folder of sandboxes is a finding. */
async function* shelfOf(db: Connection, looking: Looking): Steps<Finding[]> {
  try {
    return [yield* sandboxesOf(db, looking)];
  } catch (error) {
    if (isDamage(error)) return [];
    if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
    const params = { count: 1, id: '', problem: problemOf(error) };
    return [{ id: 'sandboxes', state: 'warn', code: 'sandboxes.problems', params }];
  }
}

async function* sandboxesOf(db: Connection, { files, clock, signal }: Looking): Steps<Finding> {
  const found = yield* progressStream(listSandboxes(db, files, 'sandboxes'), {
    step: 'reading',
    total: null,
    clock,
    signal,
  });
  const bad = found.filter(({ problem }) => problem !== null);
  const [first] = bad;
  if (!first)
    return { id: 'sandboxes', state: 'good', code: 'sandboxes.fine', params: { count: found.length } };
  const { id, problem } = first;
  const params = { count: bad.length, id, problem: problem ?? '' };
  return { id: 'sandboxes', state: 'warn', code: 'sandboxes.problems', params };
}

/** Finds whether the recorded head (`kept`) is part of the log; if not, whether the file is another workspace's. */
async function headFinding(db: ReadHandle, files: WorkspaceFiles, kept: Head | null): Promise<Finding> {
  const found = (state: Finding['state'], code: string): Finding => ({ id: 'head', state, code, params: {} });
  if (kept !== null && !isInLog(db, kept)) {
    const another = await isAnothers(files, readFacts(db).id);
    return found('bad', another ? 'head.another' : 'head.cut');
  }
  return kept === null && readHead(db).id > 1 ? found('warn', 'head.missing') : found('good', 'head.kept');
}

interface Looked {
  files: WorkspaceFiles;
  log: Log;
  /** Null if the file could not be opened. */
  db: Connection | null;
}

/** The finding about damage that was recorded earlier, after the file was checked again. */
async function recordedFinding(findings: readonly Finding[], looked: Looked): Promise<Finding> {
  const bad = findings.filter(({ state }) => state === 'bad');
  const found = bad.some(({ code }) => isNone.has(code)) || foundDamage({ findings }).length > 0;
  if (found || (await isOdd(looked))) return { id: 'noted', state: 'bad', code: 'noted.damaged', params: {} };
  const unseen = bad.some(({ id, code }) => id === 'file' || code.endsWith('.unreadable'));
  return { id: 'noted', state: 'warn', code: unseen ? 'noted.unknown' : 'noted.whole', params: {} };
}

const isNone: ReadonlySet<string> = new Set(['file.foreign', 'file.empty']);

async function isOdd({ files, log, db }: Looked): Promise<boolean> {
  if (!db || !isLogCorruptionRecorded(files)) return false;
  const odd = await schemaProblems(db, log);
  return corruptionKindsOf(odd.map(({ finding }) => finding)).length > 0;
}
