import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { isBusy } from '../../kernel/db/begin-immediate.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { corruptionKindsOf, findingOf } from '../../kernel/db/corruption-kinds.ts';
import type { CheckFinding } from '../../kernel/db/corruption-kinds.ts';
import { recordingCorruption } from '../../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../../kernel/db/in-worker.ts';
import { countRecords } from '../records/counts.ts';
import type { Log } from '../../kernel/logger.ts';
import { checkCancelled, progressStream } from '../../kernel/progress.ts';
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

interface VerifiedFile {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  /** The head that the log must contain; default: the kept head next to the file. */
  kept?: Head | null | undefined;
  /** What erasures emptied, for a copy whose log ends before them; default: read from its own log. */
  erased?: ErasedRows | undefined;
}

interface OpenWorkspace extends Omit<VerifiedFile, 'clock' | 'kept'> {
  source: { clock: Clock };
}

type Findings = Set<CheckFinding>;

/** Verifies the open workspace without blocking others; records corruption of live. */
export function verifyOpen(
  { files, source, log, erased }: OpenWorkspace,
  signal?: AbortSignal,
): Stream<Verification> {
  const verified = verifyFile({ files, clock: source.clock, log, erased }, signal);
  return recordingCorruption(verified, ({ damage }) => damage, { files, log });
}

/** Verifies live or a sandbox in one snapshot: SQLite's check, the chain with its kept head, and the replay. */
export async function* verifyFile(
  { files, clock, log, kept = keptHead(files.head), erased }: VerifiedFile,
  signal?: AbortSignal,
): Stream<Verification> {
  const findings: Findings = new Set();
  let db: Connection;
  try {
    db = openConnection(files.data, { mode: 'read', log, slow: 60_000 });
  } catch (error) {
    yield { kind: 'result', result: unreadable(describeSqliteError(error, findings), findings) };
    return;
  }
  try {
    db.exec('BEGIN');
    const newest = 'SELECT coalesce(max(id), 0) AS n FROM audit_logs';
    const total = readOrElse(() => db.get<{ n: number }>(newest)?.n ?? 0, null);
    const pages = yield* integrityOf(files.data, db, { clock, log, findings }, signal);
    const problems = [...(await schemaOf(db, log, findings)), ...factsOf(db, findings), ...pages.problems];
    for (const found of pages.found) findings.add(found);
    const integrity = { ok: problems.length === 0, problems };
    const chain = yield* progressStream(
      catchUnreadable(chainOf(db, kept, erased, findings), findings, (problem) => ({
        ...noChain,
        problems: [problem],
      })),
      { step: 'chain', total, clock, signal },
    );
    const replay = yield* progressStream(
      catchUnreadable(verifyReplay(db), findings, (problem) => ({
        ok: false,
        records: 0,
        problems: [problem],
      })),
      { step: 'replay', total, clock, signal },
    );
    const counts = readOrElse(() => countRecords(db), {});
    const ok = integrity.ok && chain.ok && replay.ok;
    yield {
      kind: 'result',
      result: { ok, integrity, chain, replay, counts, ...summaryOf(findings) },
    };
  } finally {
    db.close();
  }
}

/** SQLite's check of all pages cannot be interrupted and takes long for a large file, so that runs in a worker. */
async function* integrityOf(
  file: string,
  db: Connection,
  { clock, log, findings }: Omit<VerifiedFile, 'files'> & { findings: Findings },
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, IntegrityReport, void> {
  const queries = integrityQueries(db);
  const steps = { step: 'integrity', total: queries.length, clock, signal };
  const failed = (problem: Sentence): IntegrityReport => ({ found: [], problems: [problem] });
  if (isLarge(file)) {
    yield { kind: 'progress', step: steps.step, done: 0, total: null };
    try {
      return integrityReport(await queryInWorker(file, queries, signal));
    } catch (error) {
      checkCancelled(signal);
      if (error instanceof Error && 'code' in error) return failed(describeSqliteError(error, findings));
      log.warn({ error: String(error) }, 'no thread for the check of the file');
    }
  }
  return yield* progressStream(catchUnreadable(verifyIntegrity(db), findings, failed), steps);
}

async function schemaOf(db: Connection, log: Log, findings: Findings): Promise<Sentence[]> {
  try {
    const problems = await schemaProblems(db, log);
    for (const { finding } of problems) findings.add(finding);
    return problems.map(({ problem }) => problem);
  } catch (error) {
    return [describeSqliteError(error, findings)];
  }
}

function factsOf(db: Connection, findings: Findings): Sentence[] {
  const problems = readOrElse(() => factProblems(db), []);
  if (problems.length > 0) findings.add('facts');
  return problems;
}

function* chainOf(
  db: Connection,
  kept: Head | null,
  erased: ErasedRows | undefined,
  findings: Findings,
): ReturnType<typeof verifyChain> {
  const report = yield* verifyChain(db, kept, erased);
  if (!report.ok) findings.add('chain');
  return report;
}

function unreadable(problem: Sentence, findings: Findings): Verification {
  const integrity = { ok: false, problems: [problem] };
  const replay = { ok: false, records: 0, problems: [] };
  const chain = { ...noChain, problems: [] };
  return { ok: false, integrity, chain, replay, counts: {}, ...summaryOf(findings) };
}

const summaryOf = (findings: Findings): Pick<Verification, 'damage' | 'unread'> => ({
  damage: corruptionKindsOf(findings),
  unread: findings.has('unread'),
});

const noChain = { ok: false, transactions: 0, rows: 0, head: '', kept: true };

/** Returns the work's result, or that of `failed` if SQLite cannot read the file: that is a finding, not an error. */
function* catchUnreadable<R>(
  work: Generator<number, R, void>,
  findings: Findings,
  failed: (problem: Sentence) => R,
): Generator<number, R, void> {
  try {
    return yield* work;
  } catch (error) {
    return failed(describeSqliteError(error, findings));
  }
}

function readOrElse<R>(read: () => R, fallback: R): R {
  try {
    return read();
  } catch (error) {
    describeSqliteError(error, new Set());
    return fallback;
  }
}

/** Adds the finding for a SQLite error and describes it. Rethrows other errors, and those that mean another process is using the file. */
function describeSqliteError(error: unknown, findings: Findings): Sentence {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_') || isBusy(error)) throw error;
  findings.add(findingOf(error));
  return clause('unread', { code });
}
