import { basename } from 'node:path';
import { hasStrangeLog, strangeLog } from '#core/log/audit/foreign-wal.ts';
import { verifyFile } from '#core/log/audit/verify.ts';
import { damageIsNoted, noteDamage, notingDamage } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { inspect } from '#core/kernel/db/inspect.ts';
import { lockReading } from '#core/kernel/db/lock.ts';
import { refuseNewer } from '#core/kernel/db/migrate.ts';
import { tidier } from '#core/kernel/db/sidecar-cleanup.ts';
import { troubleOf } from '#core/kernel/db/file-errors.ts';
import { patiently } from '#core/kernel/retry-while-busy.ts';
import { settleRestore } from '#core/restore/settle.ts';
import { checkSandbox } from '#core/sandboxes/look.ts';
import { systemClock } from '#core/kernel/system.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Home } from '#shared/domain/target.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { whyLost } from '../lost.ts';
import { workspaceLog } from '../log.ts';
import { wayOut, wayToMend } from '../output/care.ts';
import { Failed } from '../output/errors.ts';
import { verifyLines } from '../output/verify.ts';
import { onWorkspace, targetOf } from '../workspace.ts';

export const verify = command({
  path: ['verify'],
  summary:
    'Check a workspace or a sandbox: the file, the chain of its audit, and the audit against the records',
  details: [
    'integrity: what SQLite says of the file, and references between records. chain: every hash of the audit, and the head kept ' +
      'beside the file. replay: the audit played from empty gives exactly the records. Nothing is changed but that damage of the file that is met, of its pages, ' +
      'its schema or its audit, is noted (damaged.json): nothing is written to the records then until they are recovered. Exit 1 when anything is wrong, or cannot be checked. That damage was noted ' +
      'before is said.',
  ],
  examples: ['frames verify --workspace W --json'],
  parameters: {},
  options: { workspace: onWorkspace.workspace, sandbox: onWorkspace.sandbox },
  async run(context, given) {
    const target = targetOf(context, { ...given, actor: undefined });
    const folder = pathOf(context, given.workspace);
    const noted = damageIsNoted(workspaceFiles(folder, target));
    const { report, trouble } = await check(context, folder, target);
    const problems = [...report.integrity.problems, ...report.chain.problems, ...report.replay.problems];
    context.output.result({ ...report, problems, noted }, () =>
      verifyLines(report, noted, trouble === 'found'),
    );
    if (report.ok) return;
    const first = (problems[0] ?? 'see the report').replace(/\.$/, '');
    const said = trouble === 'hindered' ? 'could not be checked' : 'did not pass';
    const way = target.kind === 'live' ? wayAfter(report, trouble) : '';
    throw new Failed('NOT_VERIFIED', `The workspace ${said}: ${first}.${way}`, { problems, noted });
  },
});

/** A report, and what there is to it: what was found, damage that kept it from being looked at, something else that did, or neither. */
interface Checked {
  report: Verification;
  trouble: 'found' | 'damaged' | 'hindered' | 'other';
}

function wayAfter({ damage, replay }: Verification, trouble: Checked['trouble']): string {
  if (trouble === 'found' && damage.length === 0 && replay.ok) return ` ${wayToMend}`;
  return trouble === 'found' || trouble === 'damaged' ? ` ${wayOut}` : '';
}

async function check(context: Context, folder: string, target: Home): Promise<Checked> {
  const files = workspaceFiles(folder, target);
  if (target.kind === 'sandbox') {
    const strange = whyStrange(files, target.id);
    if (strange !== null) return unusable(strange, 'foreign');
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

async function checkFile(context: Context, folder: string, files: WorkspaceFiles): Promise<Checked> {
  const log = workspaceLog(folder);
  const damaged = (problem: string): Checked => {
    if (files.data === files.live) noteDamage(files, log);
    return unusable(problem, 'damaged');
  };
  if (hasStrangeLog(files, log)) return unusable(strangeLog(files).message, 'strange_log');
  const found = inspect(files.data);
  if (found.kind === 'missing')
    return unusable(
      (await whyLost(files)) ?? 'There is no FRAMES workspace in this folder: frames.sqlite is missing.',
      'missing',
    );
  if (found.kind === 'bad')
    return found.reason === 'damaged' ? damaged(found.message) : unusable(found.message, found.reason);
  try {
    refuseNewer(found.version);
    const report = await follow(
      notingDamage(verifyFile({ files, clock: systemClock, log }, context.signal), ({ damage }) => damage, {
        files,
        log,
      }),
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
    return damaged(`${basename(files.data)} cannot be read as a whole (${code}): it is damaged or cut off.`);
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

/** Reasons that say nothing of the file itself. */
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
