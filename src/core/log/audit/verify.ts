import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { isBusy } from '../../kernel/db/begin-immediate.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { damageOf, foundBy } from '../../kernel/db/corruption-kinds.ts';
import type { Found } from '../../kernel/db/corruption-kinds.ts';
import { notingDamage } from '../../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../../kernel/db/in-worker.ts';
import { countRecords } from '../records/counts.ts';
import type { Log } from '../../kernel/logger.ts';
import { checkCancelled, streamed } from '../../kernel/progress.ts';
import type { Clock } from '../../kernel/system.ts';
import { factProblems } from '../workspace-parts.ts';
import type { ErasedRows } from './erased-rows.ts';
import { keptHead } from './head.ts';
import type { Head } from './head.ts';
import { verifyChain } from './verify-chain.ts';
import { integrityQueries, integrityReport, verifyIntegrity } from './verify-integrity.ts';
import type { IntegrityReport } from './verify-integrity.ts';
import { verifyReplay } from './verify-replay.ts';
import { schemaProblems } from './verify-schema.ts';

interface Place {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  /** The head that the log must have; else the one that was written down beside the file. */
  kept?: Head | null | undefined;
  /** What erasures emptied, for a copy whose log ends before them; else its own log names it. */
  erased?: ErasedRows | undefined;
}

interface OpenWorkspace extends Omit<Place, 'clock' | 'kept'> {
  source: { clock: Clock };
}

type Met = Set<Found>;

/** Verifies the open workspace while others go on reading and writing; damage of live is noted. */
export function verifyOpen(
  { files, source, log, erased }: OpenWorkspace,
  signal?: AbortSignal,
): Stream<Verification> {
  const verified = verifyFile({ files, clock: source.clock, log, erased }, signal);
  return notingDamage(verified, ({ damage }) => damage, { files, log });
}

/**
 * Verifies live or a sandbox through a connection of its own, in one snapshot: SQLite's check, the chain of the audit and its kept head,
 * and the replay. The file must be ours (see `inspect`); damage found on the way makes the report not ok.
 */
export async function* verifyFile(
  { files, clock, log, kept = keptHead(files.head), erased }: Place,
  signal?: AbortSignal,
): Stream<Verification> {
  const met: Met = new Set();
  let db: Connection;
  try {
    db = openConnection(files.data, { mode: 'read', log, slow: 60_000 });
  } catch (error) {
    yield { kind: 'result', result: unreadable(damage(error, met), met) };
    return;
  }
  try {
    db.exec('BEGIN');
    const newest = 'SELECT coalesce(max(id), 0) AS n FROM audit_logs';
    const total = orElse(() => db.get<{ n: number }>(newest)?.n ?? 0, null);
    const pages = yield* integrityOf(files.data, db, { clock, log, met }, signal);
    const problems = [...(await schemaOf(db, log, met)), ...factsOf(db, met), ...pages.problems];
    for (const found of pages.found) met.add(found);
    const integrity = { ok: problems.length === 0, problems };
    const chain = yield* streamed(
      readable(chainOf(db, kept, erased, met), met, (problem) => ({ ...noChain, problems: [problem] })),
      { step: 'chain', total, clock, signal },
    );
    const replay = yield* streamed(
      readable(verifyReplay(db), met, (problem) => ({ ok: false, records: 0, problems: [problem] })),
      { step: 'replay', total, clock, signal },
    );
    const counts = orElse(() => countRecords(db), {});
    const ok = integrity.ok && chain.ok && replay.ok;
    yield {
      kind: 'result',
      result: { ok, integrity, chain, replay, counts, ...said(met) },
    };
  } finally {
    db.close();
  }
}

/** What SQLite says of all pages takes long for a large file, and cannot be interrupted: that is asked in a thread of its own. */
async function* integrityOf(
  file: string,
  db: Connection,
  { clock, log, met }: Omit<Place, 'files'> & { met: Met },
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, IntegrityReport, void> {
  const queries = integrityQueries(db);
  const steps = { step: 'integrity', total: queries.length, clock, signal };
  const failed = (problem: string): IntegrityReport => ({ found: [], problems: [problem] });
  if (isLarge(file)) {
    yield { kind: 'progress', step: steps.step, done: 0, total: null };
    try {
      return integrityReport(await queryInWorker(file, queries, signal));
    } catch (error) {
      checkCancelled(signal);
      if (error instanceof Error && 'code' in error) return failed(damage(error, met));
      log.warn({ error: String(error) }, 'no thread for the check of the file');
    }
  }
  return yield* streamed(readable(verifyIntegrity(db), met, failed), steps);
}

async function schemaOf(db: Connection, log: Log, met: Met): Promise<string[]> {
  try {
    const odd = await schemaProblems(db, log);
    for (const { found } of odd) met.add(found);
    return odd.map(({ problem }) => problem);
  } catch (error) {
    return [damage(error, met)];
  }
}

function factsOf(db: Connection, met: Met): string[] {
  const problems = orElse(() => factProblems(db), []);
  if (problems.length > 0) met.add('facts');
  return problems;
}

function* chainOf(
  db: Connection,
  kept: Head | null,
  erased: ErasedRows | undefined,
  met: Met,
): ReturnType<typeof verifyChain> {
  const report = yield* verifyChain(db, kept, erased);
  if (!report.ok) met.add('chain');
  return report;
}

/** The report on a file that cannot even be opened. */
function unreadable(problem: string, met: Met): Verification {
  const integrity = { ok: false, problems: [problem] };
  const replay = { ok: false, records: 0, problems: [] };
  const chain = { ...noChain, problems: [] };
  return { ok: false, integrity, chain, replay, counts: {}, ...said(met) };
}

const said = (met: Met): Pick<Verification, 'damage' | 'unread'> => ({
  damage: damageOf(met),
  unread: met.has('unread'),
});

const noChain = { ok: false, transactions: 0, rows: 0, head: '', kept: true };

/** The work's result, or what `failed` makes of it when SQLite cannot read the file: that is a finding, not a failure. */
function* readable<R>(
  work: Generator<number, R, void>,
  met: Met,
  failed: (problem: string) => R,
): Generator<number, R, void> {
  try {
    return yield* work;
  } catch (error) {
    return failed(damage(error, met));
  }
}

function orElse<R>(read: () => R, other: R): R {
  try {
    return read();
  } catch (error) {
    damage(error, new Set());
    return other;
  }
}

/** What is wrong with the file, in words. Throws what is no error of SQLite's, and that somebody else is using it. */
function damage(error: unknown, met: Met): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_') || isBusy(error)) throw error;
  met.add(foundBy(error));
  return `SQLite cannot read all of the file (${code})`;
}
