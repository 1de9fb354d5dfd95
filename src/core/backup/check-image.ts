import { setImmediate as breathe } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import { schemaProblems } from '../log/audit/verify-schema.ts';
import { verifyChain } from '../log/audit/verify-chain.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { damageOf, foundBy } from '../kernel/db/corruption-kinds.ts';
import type { Found } from '../kernel/db/corruption-kinds.ts';
import { forgetKind, logIsNoted, noteDamage, notedNow } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../kernel/db/in-worker.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import type { Log } from '../kernel/logger.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { runInWorker, NoWorker } from '../kernel/workers/worker-pool.ts';
import { walkLog } from '../log/audit/walk-log-task.ts';

const check = 'PRAGMA integrity_check(1)';

/** A copy that is not what a workspace of ours should be; its message says where. */
export class FailedCheck extends Error {
  /** What it is that the file it was copied from will have too. */
  readonly found: Found;

  constructor(found: Found, message: string) {
    super(message);
    this.found = found;
  }
}

/** Whether it was thrown because a file, or a copy that was made of it, is not whole. */
export const isDamage = (error: unknown): boolean =>
  error instanceof FailedCheck || troubleOf(error)?.reason === 'damaged';

/**
 * Lets `work` read live or check a copy of it, and notes damage: the next window has SQLite check live before it is opened, or
 * where its schema or audit was not as it should be looks at these.
 */
export async function notingLive<T>(
  { files, log }: { files: Pick<WorkspaceFiles, 'folder'>; log: Log },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const found = error instanceof FailedCheck ? error.found : foundBy(error);
    for (const kind of damageOf([found])) noteDamage(files, log, kind);
    throw error;
  }
}

/** Throws WORKSPACE, reason damaged, as long as the schema or the audit of live is not as it should be, where that was noted. */
export async function refuseNotedLog(
  files: Pick<WorkspaceFiles, 'folder' | 'live'>,
  checking: Checking,
): Promise<void> {
  if (!logIsNoted(files)) return;
  const seen = notedNow(files);
  try {
    await checkSchema(files.live, checking);
    // Also of an older schema: what was noted goes only when it was looked for.
    await checkChain(files.live, checking, walkHere);
  } catch (error) {
    if (!(error instanceof FailedCheck)) throw error;
    const message = `frames.sqlite is damaged: ${error.message}. Nothing was changed.`;
    throw new Fault('WORKSPACE', message, { reason: 'damaged' });
  }
  forgetKind(files, checking.log, 'log', seen);
}

export interface Checking {
  log: Log;
  clock: Clock;
  signal?: AbortSignal | undefined;
}

/**
 * Checks a closed copy while others go on: every page and index by SQLite, its schema, and the chain of its audit. Throws FailedCheck when
 * the copy does not pass, what SQLite throws when it is none, and CANCELLED.
 */
export async function checkImage(image: string, checking: Checking): Promise<void> {
  if (!isLarge(image)) {
    askHere(image, checking.log);
    return checkLog(image, checking, walkHere);
  }
  // One thread looks through the pages while another walks the log. What the first finds is told first: the other may follow from it.
  const [pages, log] = await Promise.allSettled([
    askThere(image, checking.log, checking.signal),
    checkLog(image, checking, walkThere),
  ]);
  for (const one of [pages, log]) if (one.status === 'rejected') throw one.reason;
}

type Walk = (image: string, checking: Checking) => Promise<string[]>;

/** Checks the schema and the chain of the audit. A log of an older schema is read by the step that brings it forward. */
async function checkLog(image: string, checking: Checking, walk: Walk): Promise<void> {
  if ((await checkSchema(image, checking)) === schemaVersion) await checkChain(image, checking, walk);
}

/** Gives its version. What somebody added that is no damage may stay. */
async function checkSchema(image: string, { log }: Checking): Promise<number> {
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    const problems = await schemaProblems(copy, log);
    const odd = problems.find(({ found }) => damageOf([found]).length > 0);
    if (odd) throw new FailedCheck(odd.found, odd.problem);
    return versionOf(copy);
  } finally {
    copy.close();
  }
}

async function checkChain(image: string, checking: Checking, walk: Walk): Promise<void> {
  const [problem] = await walk(image, checking);
  if (problem !== undefined) throw new FailedCheck('chain', problem);
}

async function walkThere(file: string, checking: Checking): Promise<string[]> {
  const { log, signal } = checking;
  try {
    return await runInWorker(walkLog, { file }, { signal });
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    log.warn({ error: String(error) }, 'no thread for the chain of a copy');
    return walkHere(file, checking);
  }
}

async function walkHere(image: string, { log, clock, signal }: Checking): Promise<string[]> {
  // Making the schema to compare with took a turn of its own.
  await breathe();
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    const walk = streamed(verifyChain(copy, null), { step: 'chain', total: null, clock, signal });
    return (await completed(walk)).problems;
  } finally {
    copy.close();
  }
}

/** What SQLite found, which it says on several lines under a heading. */
const oneLine = (text: string): string =>
  text
    .replace(/^\*\*\* in database main \*\*\*/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function askThere(image: string, log: Log, signal: AbortSignal | undefined): Promise<void> {
  try {
    const [rows] = await queryInWorker(image, [check], signal);
    pass(rows?.[0]?.['integrity_check']);
  } catch (error) {
    if (signal?.aborted || error instanceof FailedCheck || hasCode(error)) throw error;
    log.warn({ error: String(error) }, 'no thread for the check of a copy');
    askHere(image, log);
  }
}

function pass(said: unknown): void {
  if (said !== 'ok') throw new FailedCheck('pages', oneLine(String(said)));
}

const hasCode = (error: unknown): boolean => error instanceof Error && 'code' in error;

function askHere(image: string, log: Log): void {
  const copy = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    pass(copy.pragma('integrity_check(1)'));
  } finally {
    copy.close();
  }
}
