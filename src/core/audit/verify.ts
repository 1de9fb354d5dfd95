import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { isBusy } from '../commands/begin.ts';
import { openConnection } from '../db/connection.ts';
import type { Connection } from '../db/connection.ts';
import { notingDamage } from '../db/damage-mark.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { askInThread, isLarge } from '../db/in-thread.ts';
import { countRecords } from '../entities/counts.ts';
import type { Log } from '../log.ts';
import { checkCancelled, streamed } from '../progress.ts';
import type { Services } from '../services.ts';
import type { Clock } from '../system.ts';
import { factProblems } from '../workspace/parts.ts';
import { keptHead } from './head.ts';
import { verifyChain } from './verify-chain.ts';
import { integrityQueries, integrityReport, verifyIntegrity } from './verify-integrity.ts';
import type { IntegrityReport } from './verify-integrity.ts';
import { verifyReplay } from './verify-replay.ts';
import { schemaProblems } from './verify-schema.ts';

interface Place {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
}

/** Verifies the open workspace while others go on reading and writing. */
export function verifyOpen({ files, source, log }: Services, signal?: AbortSignal): Stream<Verification> {
  const verified = verifyFile({ files, clock: source.clock, log }, signal);
  return notingDamage(verified, ({ integrity }) => !integrity.ok, { files, log });
}

/**
 * Verifies live or a sandbox through a connection of its own, in one snapshot: SQLite's check, the chain of the audit and its kept head,
 * and the replay. The file must be ours (see `inspect`); damage found on the way makes the report not ok.
 */
export async function* verifyFile({ files, clock, log }: Place, signal?: AbortSignal): Stream<Verification> {
  const kept = keptHead(files.head);
  let db: Connection;
  try {
    db = openConnection(files.data, { mode: 'read', log, slow: 60_000 });
  } catch (error) {
    yield { kind: 'result', result: unreadable(damage(error)) };
    return;
  }
  try {
    db.exec('BEGIN');
    const total = orProblem(
      () => db.get<{ n: number }>('SELECT coalesce(max(id), 0) AS n FROM audit_logs')?.n ?? 0,
      () => null,
    );
    const pages = yield* integrityOf(files.data, db, { clock, log }, signal);
    const schema = await schemaProblems(db, log).catch((error: unknown) => [damage(error)]);
    const facts = orProblem(
      () => factProblems(db),
      () => [],
    );
    const problems = [...schema, ...facts, ...pages.problems];
    const integrity = { ok: pages.ok && problems.length === 0, problems };
    const chain = yield* streamed(
      readable(verifyChain(db, kept), (problems) => ({ ...noChain, problems })),
      { step: 'chain', total, clock, signal },
    );
    const replay = yield* streamed(
      readable(verifyReplay(db), (problems) => ({ ok: false, records: 0, problems })),
      { step: 'replay', total, clock, signal },
    );
    const counts = orProblem(
      () => countRecords(db),
      () => ({}),
    );
    yield {
      kind: 'result',
      result: { ok: integrity.ok && chain.ok && replay.ok, integrity, chain, replay, counts },
    };
  } finally {
    db.close();
  }
}

/** What SQLite says of all pages takes long for a large file, and cannot be interrupted: that is asked in a thread of its own. */
async function* integrityOf(
  file: string,
  db: Connection,
  { clock, log }: Omit<Place, 'files'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, IntegrityReport, void> {
  const steps = { step: 'integrity', total: integrityQueries.length, clock, signal };
  const failed = (problems: string[]): IntegrityReport => ({ ok: false, problems });
  if (isLarge(file)) {
    yield { kind: 'progress', step: steps.step, done: 0, total: null };
    try {
      return integrityReport(await askInThread(file, integrityQueries, signal));
    } catch (error) {
      checkCancelled(signal);
      if (error instanceof Error && 'code' in error) return failed([damage(error)]);
      log.warn({ error: String(error) }, 'no thread for the check of the file');
    }
  }
  return yield* streamed(readable(verifyIntegrity(db), failed), steps);
}

/** The report on a file that cannot even be opened. */
function unreadable(problem: string): Verification {
  const integrity = { ok: false, problems: [problem] };
  const replay = { ok: false, records: 0, problems: [] };
  return { ok: false, integrity, chain: { ...noChain, problems: [] }, replay, counts: {} };
}

const noChain = { ok: false, transactions: 0, rows: 0, head: '', kept: true };

/** The work's result, or what `failed` makes of it when SQLite cannot read the file: that is a finding, not a failure. */
function* readable<R>(
  work: Generator<number, R, void>,
  failed: (problems: string[]) => R,
): Generator<number, R, void> {
  try {
    return yield* work;
  } catch (error) {
    return failed([damage(error)]);
  }
}

function orProblem<R>(read: () => R, failed: () => R): R {
  try {
    return read();
  } catch (error) {
    damage(error);
    return failed();
  }
}

/** What is wrong with the file, in words. Throws what is no error of SQLite's, and that somebody else is using it. */
function damage(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_') || isBusy(error)) throw error;
  return `SQLite cannot read all of the file (${code})`;
}
