import { clause, sentenceText, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { basename } from 'node:path';
import { hasForeignWal, foreignWalFault } from '#core/log/audit/foreign-wal.ts';
import { verifyFile } from '#core/log/audit/verify.ts';
import { isCorruptionRecorded, recordCorruption, checkAndRecord } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { inspectFile } from '#core/kernel/db/inspect.ts';
import { lockForReading } from '#core/kernel/db/lock.ts';
import { refuseNewerSchema } from '#core/kernel/db/migrate.ts';
import { sidecarRemover } from '#core/kernel/db/sidecar-cleanup.ts';
import { troubleFault, troubleOf } from '#core/kernel/db/file-errors.ts';
import type { Trouble } from '#core/kernel/db/file-errors.ts';
import type { Inspection } from '#core/kernel/db/inspect.ts';
import { retryWhileBusy } from '#core/kernel/retry-while-busy.ts';
import { settleRestore } from '#core/kernel/swap/settle.ts';
import { findKnownHead } from '#core/versions/known-head.ts';
import { checkSandbox } from '#core/log/read-sandbox-file.ts';
import { isFault, problemOf, reasonOf, workspaceFault } from '#shared/contract/faults.ts';
import type { CurrentTarget } from '#shared/domain/target.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { flag, text } from '../args/option.ts';
import { missingArgument } from '../args/parse.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { CommandFailure } from '../output/errors.ts';
import { countPhrase, countsLine } from '../format.ts';
import { verifyProgram } from '../verify-program.ts';
import { withProgress, resolvePath, targetOf, lostFault, workspaceLog } from '../workspace.ts';
import { documentsHint, fileOptions, recoveryHint } from './health.ts';

export const verifyCommand = command({
  path: ['verify'],
  summary: 'Check the integrity of a workspace or sandbox, or of the installed program',
  details: [
    'Runs four checks. integrity: the SQLite file and references between records. chain: every hash of the audit log, and the ' +
      'latest entry stored beside the file. replay: replaying the audit log gives the current records. documents: every stored file ' +
      'is read and compared with its SHA-256; "frames documents repair" replaces missing and wrong ones.',
    'Changes no records. If the file is corrupt, this is recorded in damaged.json and the workspace becomes read-only until it is ' +
      'recovered. Exits with 1 if a check fails or cannot run.',
  ],
  examples: ['frames verify --workspace W --json'],
  parameters: {},
  options: {
    ...fileOptions,
    workspace: text('DIR', 'Workspace folder (required without --program)'),
    program: flag('Check the files of the installed program instead, against the signed list in it'),
  },
  async run(context, args) {
    const { workspace } = args;
    if (args.program) return verifyProgram(context);
    if (workspace === undefined) throw missingArgument('--workspace DIR', 'frames verify');
    const target = targetOf(context, { ...args, workspace });
    const folder = resolvePath(context, workspace);
    const isRecorded = isCorruptionRecorded(workspaceFiles(folder, target));
    const { report, checkState } = await checkTarget(context, folder, target);
    const { integrity, chain, replay, documents } = report;
    const problems = [integrity, chain, replay, documents].flatMap((part) => part.problems);
    context.output.result({ ...report, problems, noted: isRecorded }, () => verifyLines(report, isRecorded));
    if (report.ok) return;
    const [firstProblem] = problems;
    const cause = firstProblem ? sentenceText(firstProblem) : 'see the report';
    const outcome = checkState === 'hindered' ? 'could not be checked' : 'has problems';
    const hint = target.kind === 'live' ? hintFor(report, checkState) : '';
    throw new CommandFailure('NOT_VERIFIED', `The workspace ${outcome}: ${withFullStop(cause)}${hint}`, {
      problems,
      noted: isRecorded,
    });
  },
});

const withFullStop = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

const repairHint =
  'The file itself is intact. Fix references to missing records with "frames entities update"; added indexes are harmless.';

/** The head that such a file names, if any, is in the log: nothing is missing. */
const headHint =
  'The audit log itself is whole. The next command that opens the workspace, such as "frames profiles list", writes head.json again; an open window does so after its next change.';

/** Formats a report. `isRecorded`: corruption was recorded before. */
function verifyLines(
  { integrity, chain, replay, documents, counts, ok }: Verification,
  isRecorded: boolean,
): string[] {
  const partLines = (
    name: string,
    isPassed: boolean,
    summary: string,
    problems: readonly Sentence[],
  ): string[] => {
    const failure = problems.length > 0 ? '' : ' not checked';
    return [
      isPassed ? `✓ ${name}: ${summary}` : `✗ ${name}:${failure}`,
      ...problems.map((problem) => `    ${sentenceText(problem)}`),
    ];
  };
  const { transactions, rows, kept } = chain;
  const isHeadMissing = !kept && !hasHeadProblem(chain);
  const chainCounts = `${countPhrase(transactions, 'transaction')}, ${countPhrase(rows, 'change')}`;
  return [
    ...partLines('File and references', integrity.ok, 'intact', integrity.problems),
    ...partLines('Audit chain', chain.ok, chainCounts, chain.problems),
    ...(isHeadMissing
      ? ['! No latest entry is stored (head.json), so a cut-off audit log would not be noticed.']
      : []),
    ...partLines(
      'Audit replay',
      replay.ok,
      `${countPhrase(replay.records, 'record')} match`,
      replay.problems,
    ),
    ...partLines(
      'Files of documents',
      documents.ok,
      documents.files === 0 ? 'none stored' : `${countPhrase(documents.files, 'file')} intact`,
      documents.problems,
    ),
    ...unfetchedLines(documents),
    ...(isRecorded ? ['! Corruption was recorded earlier (damaged.json).'] : []),
    ...(ok ? [`The workspace is intact: ${countsLine(counts)}.`] : []),
  ];
}

/** Documents whose file never was on this computer: a server can have it; otherwise it has to be attached. */
function unfetchedLines({ elsewhere, unfetched, joined }: Verification['documents']): string[] {
  if (elsewhere === 0) return [];
  const advice = joined
    ? 'fetch it with "frames sync fetch ID"'
    : 'attach it with "frames documents attach FILE --document ID"';
  const more = elsewhere - unfetched.length;
  return [
    `! ${countPhrase(elsewhere, 'document')} whose file was never on this computer; ${advice}:`,
    ...unfetched.map(({ id, name }) => `    ${id}  ${name}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}

/** `checkState`: the checks ran (`checked`), or corruption (`damaged`), the system (`hindered`) or another cause (`other`) stopped them. */
interface CheckedFile {
  report: Verification;
  checkState: 'checked' | 'damaged' | 'hindered' | 'other';
}

const headProblems: ReadonlySet<string> = new Set(['found.headAltered', 'found.headUnreadable']);

const isHeadProblem = (problem: Sentence): boolean =>
  typeof problem === 'object' && headProblems.has(problem.code);

const hasHeadProblem = ({ problems }: Verification['chain']): boolean => problems.some(isHeadProblem);

function hintFor(report: Verification, checkState: CheckedFile['checkState']): string {
  const { damage, integrity, chain, replay } = report;
  if (
    integrity.ok &&
    replay.ok &&
    damage.length === 0 &&
    chain.problems.length > 0 &&
    chain.problems.every(isHeadProblem)
  )
    return ` ${headHint}`;
  if (integrity.ok && chain.ok && replay.ok) return ` ${documentsHint}`;
  if (checkState === 'checked' && damage.length === 0 && replay.ok) return ` ${repairHint}`;
  return checkState === 'checked' || checkState === 'damaged' ? ` ${recoveryHint}` : '';
}

async function checkTarget(context: Context, folder: string, target: CurrentTarget): Promise<CheckedFile> {
  const files = workspaceFiles(folder, target);
  if (target.kind === 'sandbox') {
    const problem = foreignProblem(files, target.id);
    if (problem !== null) return failedCheck(problem, 'foreign');
  }
  await settleRestore(files, workspaceLog(folder));
  // The lock stops other processes from replacing the file.
  const lock = await retryWhileBusy(() => lockForReading(files.lock));
  const removeSidecars = sidecarRemover(files.data);
  try {
    return await checkFile(context, folder, files);
  } finally {
    removeSidecars();
    lock?.release();
  }
}

async function checkFile(context: Context, folder: string, files: WorkspaceFiles): Promise<CheckedFile> {
  const log = workspaceLog(folder);
  const reportCorruption = (problem: Sentence): CheckedFile => {
    if (files.data === files.live) recordCorruption(files, log);
    return failedCheck(problem, 'damaged');
  };
  const reportTrouble = (trouble: Extract<Inspection, { kind: 'bad' }> | Trouble): CheckedFile => {
    const problem = problemOf(troubleFault(trouble, files.data));
    return trouble.reason === 'damaged' ? reportCorruption(problem) : failedCheck(problem, trouble.reason);
  };
  if (hasForeignWal(files, log)) return failedCheck(problemOf(foreignWalFault(files)), 'strange_log');
  const inspection = inspectFile(files.data);
  if (inspection.kind === 'missing') {
    const lost = files.target.kind === 'live' ? await lostFault(files) : null;
    if (!lost) throw workspaceFault('missing', { why: verbatim(files.folder) });
    return failedCheck(problemOf(lost), 'missing');
  }
  if (inspection.kind === 'bad') return reportTrouble(inspection);
  try {
    refuseNewerSchema(inspection.version);
    const auditHead = await findKnownHead(files, log);
    const report = await withProgress(context, (pace) =>
      checkAndRecord(verifyFile({ files, log, recordedHead: auditHead }, pace), ({ damage }) => damage, {
        files,
        log,
      }),
    );
    return { report, checkState: report.unread && report.damage.length === 0 ? 'hindered' : 'checked' };
  } catch (error) {
    if (isFault(error) && error.code !== 'WORKSPACE') throw error;
    const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
    if (isFault(error)) return failedCheck(problemOf(error), reasonOf(error));
    if (typeof code !== 'string' || !code.startsWith('SQLITE')) throw error;
    log.error({ requestId: context.requestId, error: message, stack }, 'the file could not be verified');
    const trouble = troubleOf(error);
    if (trouble && hinderingReasons.has(trouble.reason)) return reportTrouble(trouble);
    return reportCorruption({
      code: 'workspace.damaged',
      values: { file: basename(files.data), why: clause('cutOff', { code }) },
    });
  }
}

/** The problem if the file belongs to another sandbox or workspace. Null for other WORKSPACE faults, because the checks report them. */
function foreignProblem(files: WorkspaceFiles, id: string): Sentence | null {
  try {
    checkSandbox(files, id);
    return null;
  } catch (error) {
    if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
    return 'reason' in error.data && error.data.reason === 'foreign' ? problemOf(error) : null;
  }
}

const hinderingReasons: ReadonlySet<string> = new Set([
  'full',
  'unreadable',
  'read_only',
  'read_only_folder',
]);
const corruptReasons: ReadonlySet<string> = new Set(['damaged', 'foreign', 'empty']);

function failedCheck(problem: Sentence, reason: string | null): CheckedFile {
  const reasonText = reason ?? '';
  const isDamaged = corruptReasons.has(reasonText);
  const report: Verification = {
    ok: false,
    integrity: { ok: false, problems: [problem] },
    chain: { ok: false, transactions: 0, rows: 0, head: '', kept: true, problems: [] },
    replay: { ok: false, records: 0, problems: [] },
    documents: { ok: false, files: 0, damaged: [], elsewhere: 0, unfetched: [], joined: false, problems: [] },
    counts: {},
    damage: isDamaged ? ['pages'] : [],
    unread: !isDamaged,
  };
  const failure = isDamaged ? 'damaged' : 'other';
  return { report, checkState: hinderingReasons.has(reasonText) ? 'hindered' : failure };
}
