import { basename } from 'node:path';
import { hasForeignWal, foreignWalFault } from '#core/log/audit/foreign-wal.ts';
import { verifyFile } from '#core/log/audit/verify.ts';
import {
  isCorruptionRecorded,
  recordCorruption,
  recordingCorruption,
} from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { inspect } from '#core/kernel/db/inspect.ts';
import { lockReading } from '#core/kernel/db/lock.ts';
import { refuseNewer } from '#core/kernel/db/migrate.ts';
import { sidecarRemover } from '#core/kernel/db/sidecar-cleanup.ts';
import { troubleOf } from '#core/kernel/db/file-errors.ts';
import { retryWhileBusy } from '#core/kernel/retry-while-busy.ts';
import { settleRestore } from '#core/kernel/swap/settle.ts';
import { knownHead } from '#core/versions/named-head.ts';
import { checkSandbox } from '#core/log/sandbox-look.ts';
import { systemClock } from '#core/kernel/system.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Home } from '#shared/domain/target.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { flag, text } from '../args/option.ts';
import { missing } from '../args/parse.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { Failed } from '../output/errors.ts';
import { amount, countsLine } from '../phrases.ts';
import { verifyProgram } from '../verify-program.ts';
import { follow, pathOf, targetOf, whyMissing, workspaceLog } from '../workspace.ts';
import { onFile, recoveryHint } from './health.ts';

export const verify = command({
  path: ['verify'],
  summary: 'Check the integrity of a workspace or sandbox, or of the installed program',
  details: [
    'Runs three checks. integrity: the SQLite file and references between records. chain: every hash of the audit log, and the ' +
      'latest entry stored beside the file. replay: replaying the audit log gives the current records.',
    'Changes no records. If the file is corrupt, this is recorded in damaged.json and the workspace becomes read-only until it is ' +
      'recovered. Exits with 1 if a check fails or cannot run.',
  ],
  examples: ['frames verify --workspace W --json'],
  parameters: {},
  options: {
    ...onFile,
    workspace: text('DIR', 'Workspace folder (required without --program)'),
    program: flag('Check the files of the installed program instead, against the signed list in it'),
  },
  async run(context, given) {
    const { workspace } = given;
    if (given.program) return verifyProgram(context);
    if (workspace === undefined) throw missing('--workspace DIR', 'frames verify');
    const target = targetOf(context, { ...given, workspace });
    const folder = pathOf(context, workspace);
    const noted = isCorruptionRecorded(workspaceFiles(folder, target));
    const { report, trouble } = await check(context, folder, target);
    const problems = [...report.integrity.problems, ...report.chain.problems, ...report.replay.problems];
    context.output.result({ ...report, problems, noted }, () => verifyLines(report, noted));
    if (report.ok) return;
    const first = (problems[0] ?? 'see the report').replace(/\.$/, '');
    const said = trouble === 'hindered' ? 'could not be checked' : 'has problems';
    const way = target.kind === 'live' ? hintFor(report, trouble) : '';
    throw new Failed('NOT_VERIFIED', `The workspace ${said}: ${first}.${way}`, { problems, noted });
  },
});

const repairHint =
  'The file itself is intact. Fix references to missing records with "frames entities update"; added indexes are harmless.';

/** The report in lines; `noted`: corruption was noted before. */
function verifyLines({ integrity, chain, replay, counts, ok }: Verification, noted: boolean): string[] {
  const part = (name: string, passed: boolean, summary: string, problems: readonly string[]): string[] => [
    `${passed ? '✓' : '✗'} ${name}${passed ? `: ${summary}` : problems.length > 0 ? ':' : ': not checked'}`,
    ...problems.map((problem) => `    ${problem}`),
  ];
  const { transactions, rows, kept } = chain;
  const chained = `${amount(transactions, 'transaction')}, ${amount(rows, 'change')}`;
  return [
    ...part('File and references', integrity.ok, 'intact', integrity.problems),
    ...part('Audit chain', chain.ok, chained, chain.problems),
    ...(kept
      ? []
      : ['! No latest entry is stored (head.json), so a cut-off audit log would not be noticed.']),
    ...part('Audit replay', replay.ok, `${amount(replay.records, 'record')} match`, replay.problems),
    ...(noted ? ['! Corruption was recorded earlier (damaged.json).'] : []),
    ...(ok ? [`The workspace is intact: ${countsLine(counts)}.`] : []),
  ];
}

/** A report, and its trouble: what was `found`, corruption that prevented checking, something else that did, or neither. */
interface Checked {
  report: Verification;
  trouble: 'found' | 'damaged' | 'hindered' | 'other';
}

function hintFor({ damage, replay }: Verification, trouble: Checked['trouble']): string {
  if (trouble === 'found' && damage.length === 0 && replay.ok) return ` ${repairHint}`;
  return trouble === 'found' || trouble === 'damaged' ? ` ${recoveryHint}` : '';
}

async function check(context: Context, folder: string, target: Home): Promise<Checked> {
  const files = workspaceFiles(folder, target);
  if (target.kind === 'sandbox') {
    const foreign = whyForeign(files, target.id);
    if (foreign !== null) return unusable(foreign, 'foreign');
  }
  await settleRestore(files, workspaceLog(folder));
  // The file is not replaced while it is read.
  const lock = await retryWhileBusy(() => lockReading(files.lock));
  const leave = sidecarRemover(files.data);
  try {
    return await checkFile(context, folder, files);
  } finally {
    leave();
    lock?.release();
  }
}

async function checkFile(context: Context, folder: string, files: WorkspaceFiles): Promise<Checked> {
  const log = workspaceLog(folder);
  const damaged = (problem: string): Checked => {
    if (files.data === files.live) recordCorruption(files, log);
    return unusable(problem, 'damaged');
  };
  if (hasForeignWal(files, log)) return unusable(foreignWalFault(files).message, 'strange_log');
  const found = inspect(files.data);
  if (found.kind === 'missing')
    return unusable(
      (await whyMissing(files)) ?? 'No FRAMES workspace in this folder: frames.sqlite is missing.',
      'missing',
    );
  if (found.kind === 'bad')
    return found.reason === 'damaged' ? damaged(found.message) : unusable(found.message, found.reason);
  try {
    refuseNewer(found.version);
    const kept = await knownHead(files, log);
    const report = await follow(
      recordingCorruption(
        verifyFile({ files, clock: systemClock, log, kept }, context.signal),
        ({ damage }) => damage,
        {
          files,
          log,
        },
      ),
      context.output,
    );
    return { report, trouble: report.unread && report.damage.length === 0 ? 'hindered' : 'found' };
  } catch (error) {
    if (isFault(error) && error.code !== 'WORKSPACE') throw error;
    const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
    if (isFault(error)) return unusable(error.message, reasonOf(error));
    if (typeof code !== 'string' || !code.startsWith('SQLITE')) throw error;
    log.error({ requestId: context.requestId, error: message, stack }, 'the file could not be verified');
    const trouble = troubleOf(error);
    if (trouble && hindering.has(trouble.reason)) return unusable(trouble.message, trouble.reason);
    return damaged(`${basename(files.data)} is corrupt or cut off (${code}).`);
  }
}

/** Why a sandbox is none, or a copy of another made by hand; null for a corrupt one, which is verified. Throws NOT_FOUND. */
function whyForeign(files: WorkspaceFiles, id: string): string | null {
  try {
    checkSandbox(files, id);
    return null;
  } catch (error) {
    if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
    return 'reason' in error.data && error.data.reason === 'foreign' ? error.message : null;
  }
}

const hindering: ReadonlySet<string> = new Set(['full', 'unreadable', 'read_only', 'read_only_folder']);
const damaging: ReadonlySet<string> = new Set(['damaged', 'foreign', 'empty']);

/** The report on a file that cannot even be looked at. */
function unusable(problem: string, reason: string | null): Checked {
  const of = reason ?? '';
  const isDamaged = damaging.has(of);
  const report: Verification = {
    ok: false,
    integrity: { ok: false, problems: [problem] },
    chain: { ok: false, transactions: 0, rows: 0, head: '', kept: true, problems: [] },
    replay: { ok: false, records: 0, problems: [] },
    counts: {},
    damage: isDamaged ? ['pages'] : [],
    unread: !isDamaged,
  };
  return { report, trouble: hindering.has(of) ? 'hindered' : isDamaged ? 'damaged' : 'other' };
}
