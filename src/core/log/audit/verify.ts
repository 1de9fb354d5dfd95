import { basename } from 'node:path';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import type { DocumentCheck } from '#shared/contract/documents.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { isBusy } from '../../kernel/db/begin-immediate.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { corruptionKindsOf, findingOf } from '../../kernel/db/corruption-kinds.ts';
import type { CheckFinding } from '../../kernel/db/corruption-kinds.ts';
import { checkAndRecord } from '../../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { queryInWorker, isLarge } from '../../kernel/db/worker-queries.ts';
import { countRecords } from '../records/counts.ts';
import type { Log } from '../../kernel/logger.ts';
import { checkCancelled, runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Clock } from '../../kernel/system.ts';
import { factProblems } from '../complete-facts.ts';
import type { ErasedRows } from './erased-rows.ts';
import { headFileState, readRecordedHead } from './head.ts';
import type { Head } from './head.ts';
import { verifyChain } from './verify-chain.ts';
import type { ChainReport } from './verify-chain.ts';
import { integrityQueries, buildReport, verifyIntegrity } from './verify-integrity.ts';
import type { IntegrityReport } from './verify-integrity.ts';
import { checkDocuments, documentNames, noDocuments, verifyDocuments } from './verify-documents.ts';
import type { DocumentNames } from './verify-documents.ts';
import { verifyReplay } from './verify-replay.ts';
import { schemaProblems } from './verify-schema.ts';

interface VerifyOptions {
  files: WorkspaceFiles;
  log: Log;
  /** The head that the log must contain; default: the recorded head. */
  recordedHead?: Head | null | undefined;
  /** Whether to read the files of documents too; default true. */
  documents?: boolean | undefined;
  /** The rows that erasures emptied, for a copy whose log ends before them; default: read from its own log. */
  erased?: ErasedRows | undefined;
}

interface VerifyOpenOptions extends Omit<VerifyOptions, 'recordedHead'> {
  source: { clock: Clock };
}

type Findings = Set<CheckFinding>;

/** Verifies the open workspace without blocking others; records corruption of live. */
export function verifyOpen(
  { files, source, log, erased }: VerifyOpenOptions,
  request: Omit<Pace, 'clock'> = {},
): Promise<Verification> {
  const verification = verifyFile({ files, log, erased }, { ...request, clock: source.clock });
  return checkAndRecord(verification, ({ damage }) => damage, { files, log });
}

/** Verifies live or a sandbox in one snapshot: SQLite's check, the chain with its recorded head, the replay, and the files of documents. */
export async function verifyFile(
  {
    files,
    log,
    recordedHead = readRecordedHead(files.head),
    documents: hasDocuments = true,
    erased,
  }: VerifyOptions,
  pace: Pace,
): Promise<Verification> {
  const findings: Findings = new Set();
  const checkFiles = (readNames: () => DocumentNames): Promise<DocumentCheck> =>
    hasDocuments
      ? verifyDocuments({ files, log }, readNames, pace)
      : Promise.resolve(checkDocuments(noDocuments, new Map()));
  let db: Connection;
  try {
    db = openConnection(files.data, { mode: 'read', log, slowMs: 60_000 });
  } catch (error) {
    const problem = describeSqliteError(error, findings);
    return unreadableResult(problem, findings, await checkFiles(() => noDocuments));
  }
  try {
    db.exec('BEGIN');
    const maxIdQuery = 'SELECT coalesce(max(id), 0) AS n FROM audit_logs';
    const total = readOrElse(() => db.get<{ n: number }>(maxIdQuery)?.n ?? 0, null);
    const sqliteCheck = await checkIntegrity(files.data, db, { log, findings }, pace);
    const problems = [
      ...(await checkSchema(db, log, findings)),
      ...checkFacts(db, findings),
      ...sqliteCheck.problems,
    ];
    for (const finding of sqliteCheck.findings) findings.add(finding);
    const integrity = { ok: problems.length === 0, problems };
    const chainCheck = catchUnreadable(
      checkChain(db, recordedHead, erased, findings),
      findings,
      (problem) => ({ ...failedChain, problems: [problem] }),
    );
    const chain = withHeadFile(await runSteps(pace, 'chain', chainCheck, total), files.head);
    const replayCheck = catchUnreadable(verifyReplay(db), findings, (problem) => ({
      ok: false,
      records: 0,
      problems: [problem],
    }));
    const replay = await runSteps(pace, 'replay', replayCheck, total);
    const counts = readOrElse(() => countRecords(db), {});
    const readNames = (): DocumentNames => {
      // In the newest state, because files are removed after the commit that forgets them.
      db.exec('COMMIT');
      return documentNames(db);
    };
    const documents = await checkFiles(() => readOrElse(readNames, noDocuments));
    const ok = integrity.ok && chain.ok && replay.ok && documents.ok;
    return { ok, integrity, chain, replay, documents, counts, ...summaryOf(findings) };
  } finally {
    db.close();
  }
}

function withHeadFile(chain: ChainReport, headFile: string): ChainReport {
  const state = headFileState(headFile);
  if (state === 'intact' || state === 'missing') return chain;
  const file = basename(headFile);
  const problem = state === 'altered' ? clause('headAltered', { file }) : clause('headUnreadable', { file });
  return { ...chain, ok: false, problems: [...chain.problems, problem] };
}

/** SQLite's check of all pages cannot be interrupted and takes long for a large file, so a worker runs it then. */
async function checkIntegrity(
  file: string,
  db: Connection,
  { log, findings }: { log: Log; findings: Findings },
  pace: Pace,
): Promise<IntegrityReport> {
  const queries = integrityQueries(db);
  const reportOfProblem = (problem: Sentence): IntegrityReport => ({ findings: [], problems: [problem] });
  if (isLarge(file)) {
    pace.onProgress?.({ kind: 'progress', step: 'integrity', done: 0, total: null });
    try {
      return buildReport(await queryInWorker(file, queries, pace.signal));
    } catch (error) {
      checkCancelled(pace.signal);
      if (error instanceof Error && 'code' in error)
        return reportOfProblem(describeSqliteError(error, findings));
      log.warn({ error: String(error) }, 'no worker for the integrity check');
    }
  }
  const check = catchUnreadable(verifyIntegrity(db), findings, reportOfProblem);
  return runSteps(pace, 'integrity', check, queries.length);
}

async function checkSchema(db: Connection, log: Log, findings: Findings): Promise<Sentence[]> {
  try {
    const problems = await schemaProblems(db, log);
    for (const { finding } of problems) findings.add(finding);
    return problems.map(({ problem }) => problem);
  } catch (error) {
    return [describeSqliteError(error, findings)];
  }
}

function checkFacts(db: Connection, findings: Findings): Sentence[] {
  const problems = readOrElse(() => factProblems(db), []);
  if (problems.length > 0) findings.add('facts');
  return problems;
}

function* checkChain(
  db: Connection,
  recordedHead: Head | null,
  erased: ErasedRows | undefined,
  findings: Findings,
): ReturnType<typeof verifyChain> {
  const report = yield* verifyChain(db, recordedHead, erased);
  if (!report.ok) findings.add('chain');
  return report;
}

function unreadableResult(problem: Sentence, findings: Findings, documents: DocumentCheck): Verification {
  const integrity = { ok: false, problems: [problem] };
  const replay = { ok: false, records: 0, problems: [] };
  const chain = { ...failedChain, problems: [] };
  return { ok: false, integrity, chain, replay, documents, counts: {}, ...summaryOf(findings) };
}

const summaryOf = (findings: Findings): Pick<Verification, 'damage' | 'unread'> => ({
  damage: corruptionKindsOf(findings),
  unread: findings.has('unread'),
});

const failedChain = { ok: false, transactions: 0, rows: 0, head: '', kept: true };

/** Returns the work's result, or that of `onUnreadable` if SQLite cannot read the file: that is a finding, not an error. */
function* catchUnreadable<R>(
  work: Generator<number, R, void>,
  findings: Findings,
  onUnreadable: (problem: Sentence) => R,
): Generator<number, R, void> {
  try {
    return yield* work;
  } catch (error) {
    return onUnreadable(describeSqliteError(error, findings));
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

/** Adds the finding for a SQLite error and describes it. Rethrows other errors, and errors of a file that another process is using. */
function describeSqliteError(error: unknown, findings: Findings): Sentence {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_') || isBusy(error)) throw error;
  findings.add(findingOf(error));
  return clause('unread', { code });
}
