import { basename } from 'node:path';
import { verifyFile } from '#core/audit/verify.ts';
import { workspaceFiles } from '#core/db/files.ts';
import type { WorkspaceFiles } from '#core/db/files.ts';
import { inspect } from '#core/db/inspect.ts';
import { lockReading } from '#core/db/lock.ts';
import { refuseNewer } from '#core/db/migrate.ts';
import { tidier } from '#core/db/tidier.ts';
import { patiently } from '#core/patiently.ts';
import { settleRestore } from '#core/restore/settle.ts';
import { checkSandbox } from '#core/sandboxes/look.ts';
import { systemClock } from '#core/system.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Home } from '#shared/domain/target.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { whyLost } from '../lost.ts';
import { workspaceLog } from '../log.ts';
import { Failed } from '../output/errors.ts';
import { amount, countsLine } from '../words.ts';
import { onWorkspace, targetOf } from '../workspace.ts';

export const verify = command({
  path: ['verify'],
  summary:
    'Check a workspace or a sandbox: the file, the chain of its audit, and the audit against the records',
  details: [
    'integrity: what SQLite says of the file, and references between records. chain: every hash of the audit, and the head kept ' +
      'beside the file. replay: the audit played from empty gives exactly the records. Nothing is changed. Exit 1 when anything is wrong.',
  ],
  examples: ['frames verify --workspace W --json'],
  parameters: {},
  options: { workspace: onWorkspace.workspace, sandbox: onWorkspace.sandbox },
  async run(context, given) {
    const target = targetOf(context, { ...given, actor: undefined });
    const report = await check(context, pathOf(context, given.workspace), target);
    const problems = [...report.integrity.problems, ...report.chain.problems, ...report.replay.problems];
    context.output.result({ ...report, problems }, () => lines(report));
    if (report.ok) return;
    throw new Failed('NOT_VERIFIED', `The workspace did not pass: ${problems[0] ?? 'see the report'}`, {
      problems,
    });
  },
});

async function check(context: Context, folder: string, target: Home): Promise<Verification> {
  const files = workspaceFiles(folder, target);
  if (target.kind === 'sandbox') {
    const strange = whyStrange(files, target.id);
    if (strange !== null) return unusable(strange);
  }
  await settleRestore(files, workspaceLog(folder));
  // Nobody replaces the file while it is read.
  const lock = await patiently(() => lockReading(files.lock));
  const leave = tidier(files.data);
  try {
    return await checkFile(context, folder, files);
  } finally {
    leave();
    lock?.release();
  }
}

async function checkFile(context: Context, folder: string, files: WorkspaceFiles): Promise<Verification> {
  const found = inspect(files.data);
  if (found.kind === 'missing')
    return unusable(
      (await whyLost(files)) ?? 'There is no FRAMES workspace in this folder: frames.sqlite is missing.',
    );
  if (found.kind === 'bad') return unusable(found.message);
  const log = workspaceLog(folder);
  try {
    refuseNewer(found.version);
    return await follow(verifyFile({ files, clock: systemClock, log }, context.signal), context.output);
  } catch (error) {
    if (isFault(error) && error.code !== 'WORKSPACE') throw error;
    const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: unknown };
    if (isFault(error)) return unusable(error.message);
    if (typeof code !== 'string' || !code.startsWith('SQLITE')) throw error;
    log.error({ requestId: context.requestId, error: message, stack }, 'the file could not be verified');
    return unusable(`${basename(files.data)} cannot be read as a whole (${code}): it is damaged or cut off.`);
  }
}

/** Why a sandbox is none, or a copy of another made by hand; a damaged one is for verifying to look at. Throws NOT_FOUND. */
function whyStrange(files: WorkspaceFiles, id: string): string | null {
  try {
    checkSandbox(files, id);
    return null;
  } catch (error) {
    if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
    return 'reason' in error.data && error.data.reason === 'foreign' ? error.message : null;
  }
}

/** The report on a file that cannot even be looked at. */
function unusable(problem: string): Verification {
  return {
    ok: false,
    integrity: { ok: false, problems: [problem] },
    chain: { ok: false, transactions: 0, rows: 0, head: '', kept: true, problems: [] },
    replay: { ok: false, records: 0, problems: [] },
    counts: {},
  };
}

const noKeptHead =
  '! No head is kept beside the file (head.json): whether the end of the audit was cut off cannot be told.';

function lines({ integrity, chain, replay, counts, ok }: Verification): string[] {
  const part = (name: string, passed: boolean, facts: string, problems: readonly string[]): string[] => [
    `${passed ? '✓' : '✗'} ${name}${passed ? `: ${facts}` : problems.length > 0 ? ':' : ': not checked'}`,
    ...problems.map((problem) => `    ${problem}`),
  ];
  return [
    ...part('File and references', integrity.ok, 'whole', integrity.problems),
    ...part(
      'Chain of the audit',
      chain.ok,
      `${amount(chain.transactions, 'transaction')}, ${amount(chain.rows, 'change')}`,
      chain.problems,
    ),
    ...(chain.kept ? [] : [noKeptHead]),
    ...part(
      'Audit against records',
      replay.ok,
      `${amount(replay.records, 'record')} as the audit has them`,
      replay.problems,
    ),
    ...(ok ? [`The workspace is whole: ${countsLine(counts)}.`] : []),
  ];
}
