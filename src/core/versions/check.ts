import type { Fault } from '#shared/contract/faults.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause, sentenceText, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { fillFromLog } from '../log/audit/fill-from-log.ts';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { readHead } from '../log/audit/head.ts';
import { verifyChain } from '../log/audit/verify-chain.ts';
import { verifyReplay } from '../log/audit/verify-replay.ts';
import { schemaProblems } from '../log/audit/verify-schema.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { corruptionKindsOf, findingOf } from '../kernel/db/corruption-kinds.ts';
import type { CheckFinding } from '../kernel/db/corruption-kinds.ts';
import {
  clearRecordedKind,
  isLogCorruptionRecorded,
  recordCorruption,
  markRecordSeen,
} from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../kernel/db/worker-queries.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { migrateTo, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { countRecords } from '../log/records/counts.ts';
import type { Log } from '../kernel/logger.ts';
import { runYielding } from '../kernel/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { walkLog } from '../log/audit/walk-log-task.ts';
import { runInWorker, NoWorker } from '../kernel/workers/worker-pool.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { WorkspaceSummary } from './manifest.ts';

const integrityCheck = 'PRAGMA integrity_check(1)';

/** The database is not a valid workspace. */
export class FailedCheck extends Error {
  readonly finding: CheckFinding;
  readonly why: Sentence;

  constructor(finding: CheckFinding, why: Sentence) {
    super(sentenceText(why));
    this.finding = finding;
    this.why = why;
  }
}

/** Whether the error means that a file, or its copy, is corrupt. */
export const isCorruptionError = (error: unknown): boolean =>
  error instanceof FailedCheck || troubleOf(error)?.reason === 'damaged';

/** Describes a closed database by its content. */
export function examineDatabase(database: string, log: Log): WorkspaceSummary {
  using db = openConnection(database, { mode: 'read', log });
  return {
    schema_version: versionOf(db),
    counts: countRecords(db),
    head: readHead(db),
    workspace: readFacts(db).id,
  };
}

/** Runs `work`, which reads live or checks a copy of it, and records corruption: the next process then checks live before opening it. */
export async function recordLiveCorruption<T>(
  { files, log }: { files: Pick<WorkspaceFiles, 'folder'>; log: Log },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const finding = error instanceof FailedCheck ? error.finding : findingOf(error);
    for (const kind of corruptionKindsOf([finding])) recordCorruption(files, log, kind);
    throw error;
  }
}

/** If corruption of the log is recorded: throws WORKSPACE, reason damaged, while it persists, else clears the record. */
export async function refuseLogCorruption(
  files: Pick<WorkspaceFiles, 'folder' | 'live'>,
  options: CheckOptions,
): Promise<void> {
  if (!isLogCorruptionRecorded(files)) return;
  const seen = markRecordSeen(files);
  try {
    await checkSchema(files.live, options);
    // An older schema is walked too, because only a check clears the record.
    await walkOnThread(files.live, options, { replay: false });
  } catch (error) {
    if (!(error instanceof FailedCheck)) throw error;
    throw workspaceFault('damaged', { why: error.why });
  }
  clearRecordedKind(files, options.log, 'log', seen);
}

export interface CheckOptions {
  log: Log;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Checks every page and index of a closed database and its schema, in workers. If the schema is current, also checks the chain of the
 * audit, and the tables against the replayed log. Throws FailedCheck, CANCELLED, and SQLite's errors if the file is not a database.
 */
export async function checkDatabase(database: string, options: CheckOptions): Promise<void> {
  if (!isLarge(database)) {
    checkPagesOnThread(database, options.log);
    return checkLog(database, options, walkOnThread);
  }
  // One worker checks pages, another the log. An error of the pages is thrown first, because it can cause the other.
  const [pages, log] = await Promise.allSettled([
    checkPagesInWorker(database, options.log, options.signal),
    checkLog(database, options, walkInWorker),
  ]);
  for (const outcome of [pages, log]) if (outcome.status === 'rejected') throw outcome.reason;
}

/** The problem of a closed file that should be this workspace, as a sentence, or null. */
export async function workspaceProblem(
  database: string,
  expected: WorkspaceSummary,
  options: CheckOptions,
): Promise<Sentence | null> {
  try {
    if (inspectFile(database).kind !== 'ours') return clause('notWorkspace');
    await checkDatabase(database, options);
    return isDeepStrictEqual(examineDatabase(database, options.log), expected)
      ? null
      : clause('otherWorkspace');
  } catch (error) {
    if (error instanceof FailedCheck) return clause('workspaceDamaged', { why: error.why });
    const { code } = error as { code?: unknown };
    const reason = troubleOf(error)?.reason ?? 'damaged';
    const isAboutFile = reason === 'damaged' || reason === 'foreign';
    if (typeof code === 'string' && code.startsWith('SQLITE_') && isAboutFile)
      return clause('sqliteCannotRead', { code });
    throw error;
  }
}

/** Also checks the tables against the replayed log if `replay`. */
type WalkLog = (database: string, options: CheckOptions, parts: { replay: boolean }) => Promise<void>;

async function checkLog(database: string, options: CheckOptions, walk: WalkLog): Promise<void> {
  if ((await checkSchema(database, options)) === schemaVersion)
    await walk(database, options, { replay: true });
}

/** Returns the schema version. Accepts additional parts that are harmless. Throws FailedCheck. */
async function checkSchema(database: string, { log }: CheckOptions): Promise<number> {
  using db = openConnection(database, { mode: 'read', log, slowMs: 60_000 });
  const problems = await schemaProblems(db, log);
  const harmful = problems.find(({ finding }) => corruptionKindsOf([finding]).length > 0);
  if (harmful) throw new FailedCheck(harmful.finding, harmful.problem);
  return versionOf(db);
}

async function walkInWorker(
  file: string,
  options: CheckOptions,
  { replay }: { replay: boolean },
): Promise<void> {
  const { log, signal } = options;
  try {
    const { chain, replayed } = await runInWorker(walkLog, { file, replay }, { signal });
    failOnProblem('chain', chain);
    failOnProblem('replay', replayed);
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    log.warn({ error: String(error) }, 'no worker for the chain of a copy');
    await walkOnThread(file, options, { replay });
  }
}

async function walkOnThread(
  database: string,
  { log, clock, signal }: CheckOptions,
  { replay }: { replay: boolean },
): Promise<void> {
  // Creating the schema to compare with is a step of its own.
  await yieldToEventLoop();
  using db = openConnection(database, { mode: 'read', log, slowMs: 60_000 });
  failOnProblem('chain', (await runYielding(verifyChain(db, null), { clock, signal })).problems);
  if (!replay) return;
  failOnProblem('replay', (await runYielding(verifyReplay(db), { clock, signal })).problems);
}

function failOnProblem(finding: CheckFinding, [problem]: readonly Sentence[]): void {
  if (problem !== undefined) throw new FailedCheck(finding, problem);
}

/** SQLite's findings, without its heading. */
const withoutHeading = (text: string): string =>
  text
    .replace(/^\*\*\* in database main \*\*\*/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function checkPagesInWorker(
  database: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const [rows] = await queryInWorker(database, [integrityCheck], signal);
    failOnBadPages(rows?.[0]?.['integrity_check']);
  } catch (error) {
    if (signal?.aborted || error instanceof FailedCheck || hasCode(error)) throw error;
    log.warn({ error: String(error) }, 'no worker for the check of a copy');
    checkPagesOnThread(database, log);
  }
}

function checkPagesOnThread(database: string, log: Log): void {
  using db = openConnection(database, { mode: 'read', log, slowMs: 60_000 });
  failOnBadPages(db.pragma('integrity_check(1)'));
}

function failOnBadPages(result: unknown): void {
  if (result !== 'ok') throw new FailedCheck('pages', verbatim(withoutHeading(String(result))));
}

const hasCode = (error: unknown): boolean => error instanceof Error && 'code' in error;

export interface MigrateCopyOptions {
  spoiledFault: (why: Sentence) => Fault;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** Migrates a closed copy of a workspace and checks it; does nothing for the current schema. Throws `spoiledFault`, CANCELLED. */
export async function migrateCopy(
  database: string,
  { spoiledFault, clock, log, signal }: MigrateCopyOptions,
): Promise<void> {
  const db = openConnection(database, { mode: 'write', log });
  try {
    if (versionOf(db) === schemaVersion) return;
    await migrateTo(db, schemaVersion, { onTablesCreated: fillFromLog });
  } finally {
    db.close();
  }
  try {
    await checkDatabase(database, { log, clock, signal });
  } catch (error) {
    if (!(error instanceof FailedCheck)) throw error;
    throw spoiledFault(error.why);
  }
}
