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
  readCorruptionRecord,
} from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../kernel/db/in-worker.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { migrateTo, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import { countRecords } from '../log/records/counts.ts';
import type { Log } from '../kernel/logger.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { walkLog } from '../log/audit/walk-log-task.ts';
import { runInWorker, NoWorker } from '../kernel/workers/worker-pool.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Examined } from './manifest.ts';

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
export const isDamage = (error: unknown): boolean =>
  error instanceof FailedCheck || troubleOf(error)?.reason === 'damaged';

/** A closed database's description of itself. */
export function examineDatabase(image: string, log: Log): Examined {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    return {
      schema_version: versionOf(copy),
      counts: countRecords(copy),
      head: readHead(copy),
      workspace: readFacts(copy).id,
    };
  } finally {
    copy.close();
  }
}

/** Lets `work` read live or check a copy of it, and records corruption, so that the next process checks live before opening it. */
export async function notingLive<T>(
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

/** Throws WORKSPACE, reason damaged, while recorded damage of the schema or the audit persists. */
export async function refuseRecordedLog(
  files: Pick<WorkspaceFiles, 'folder' | 'live'>,
  checking: Checking,
): Promise<void> {
  if (!isLogCorruptionRecorded(files)) return;
  const seen = readCorruptionRecord(files);
  try {
    await checkSchema(files.live, checking);
    // With an older schema too: the record is cleared only by a check.
    await walkHere(files.live, checking, false);
  } catch (error) {
    if (!(error instanceof FailedCheck)) throw error;
    throw workspaceFault('damaged', { why: error.why });
  }
  clearRecordedKind(files, checking.log, 'log', seen);
}

export interface Checking {
  log: Log;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Checks a closed database in workers: every page and index, its schema, the chain of its audit, and its tables against the replayed log.
 * Throws FailedCheck, SQLite's errors for other files, and CANCELLED.
 */
export async function checkImage(image: string, checking: Checking): Promise<void> {
  if (!isLarge(image)) {
    checkPagesHere(image, checking.log);
    return checkLog(image, checking, walkHere);
  }
  // One worker checks pages, another the log. Errors of the first come first, since they may cause the other's.
  const [pages, log] = await Promise.allSettled([
    checkPagesThere(image, checking.log, checking.signal),
    checkLog(image, checking, walkThere),
  ]);
  for (const one of [pages, log]) if (one.status === 'rejected') throw one.reason;
}

/** The problem of a closed file that should be this workspace, as a sentence, or null. */
export async function whyNotWorkspace(
  image: string,
  result: Examined,
  checking: Checking,
): Promise<Sentence | null> {
  try {
    if (inspectFile(image).kind !== 'ours') return clause('notWorkspace');
    await checkImage(image, checking);
    return isDeepStrictEqual(examineDatabase(image, checking.log), result) ? null : clause('otherWorkspace');
  } catch (error) {
    if (error instanceof FailedCheck) return clause('workspaceDamaged', { why: error.why });
    const { code } = error as { code?: unknown };
    const reason = troubleOf(error)?.reason ?? 'damaged';
    const ofImage = reason === 'damaged' || reason === 'foreign';
    if (typeof code === 'string' && code.startsWith('SQLITE_') && ofImage)
      return clause('sqliteCannotRead', { code });
    throw error;
  }
}

type Walk = (image: string, checking: Checking, replay: boolean) => Promise<void>;

async function checkLog(image: string, checking: Checking, walk: Walk): Promise<void> {
  if ((await checkSchema(image, checking)) === schemaVersion) await walk(image, checking, true);
}

/** Returns its version. Harmless additions may stay. */
async function checkSchema(image: string, { log }: Checking): Promise<number> {
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    const problems = await schemaProblems(copy, log);
    const odd = problems.find(({ finding }) => corruptionKindsOf([finding]).length > 0);
    if (odd) throw new FailedCheck(odd.finding, odd.problem);
    return versionOf(copy);
  } finally {
    copy.close();
  }
}

async function walkThere(file: string, checking: Checking, replay: boolean): Promise<void> {
  const { log, signal } = checking;
  try {
    const { chain, replayed } = await runInWorker(walkLog, { file, replay }, { signal });
    passLog('chain', chain);
    passLog('replay', replayed);
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    log.warn({ error: String(error) }, 'no thread for the chain of a copy');
    await walkHere(file, checking, replay);
  }
}

async function walkHere(image: string, { log, clock, signal }: Checking, replay: boolean): Promise<void> {
  // Creating the schema to compare with is a step of its own.
  await yieldToEventLoop();
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    const chain = progressStream(verifyChain(copy, null), { step: 'chain', total: null, clock, signal });
    passLog('chain', (await runToEnd(chain)).problems);
    if (!replay) return;
    const replayed = progressStream(verifyReplay(copy), { step: 'replay', total: null, clock, signal });
    passLog('replay', (await runToEnd(replayed)).problems);
  } finally {
    copy.close();
  }
}

function passLog(finding: CheckFinding, [problem]: readonly Sentence[]): void {
  if (problem !== undefined) throw new FailedCheck(finding, problem);
}

/** SQLite's findings, without its heading. */
const oneLine = (text: string): string =>
  text
    .replace(/^\*\*\* in database main \*\*\*/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function checkPagesThere(image: string, log: Log, signal: AbortSignal | undefined): Promise<void> {
  try {
    const [rows] = await queryInWorker(image, [integrityCheck], signal);
    passPages(rows?.[0]?.['integrity_check']);
  } catch (error) {
    if (signal?.aborted || error instanceof FailedCheck || hasCode(error)) throw error;
    log.warn({ error: String(error) }, 'no thread for the check of a copy');
    checkPagesHere(image, log);
  }
}

function checkPagesHere(image: string, log: Log): void {
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    passPages(copy.pragma('integrity_check(1)'));
  } finally {
    copy.close();
  }
}

function passPages(result: unknown): void {
  if (result !== 'ok') throw new FailedCheck('pages', verbatim(oneLine(String(result))));
}

const hasCode = (error: unknown): boolean => error instanceof Error && 'code' in error;

export interface Upgrading {
  /** The error for an unusable copy. */
  spoiled: (why: Sentence) => Fault;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** Migrates a closed copy of a workspace step by step and checks it again. Throws what `spoiled` returns, CANCELLED. */
export async function bringForward(image: string, { spoiled, clock, log, signal }: Upgrading): Promise<void> {
  const db = openConnection(image, { mode: 'write', log });
  try {
    if (versionOf(db) === schemaVersion) return;
    await migrateTo(db, schemaVersion, { onTables: fillFromLog });
  } finally {
    db.close();
  }
  try {
    await checkImage(image, { log, clock, signal });
  } catch (error) {
    if (!(error instanceof FailedCheck)) throw error;
    throw spoiled(error.why);
  }
}
