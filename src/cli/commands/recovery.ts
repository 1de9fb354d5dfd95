import { isAnothers } from '#core/versions/place.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitRestore } from '#core/model/permissions.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { acceptFile, whyUnusable } from '#core/restore/accept.ts';
import { tidied } from '#core/kernel/swap/exclusive-access.ts';
import { readAnyLive } from '#core/log/closed-live.ts';
import { setLogAside } from '#core/restore/set-log-aside.ts';
import { previewSalvage, salvageInPlace, salvageInto } from '#core/salvage/run.ts';
import { actorOf } from '#core/log/session.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { text } from '../args/option.ts';
import { command } from '../command.ts';
import { dryRun } from '../operation.ts';
import { facts, table } from '../output/table.ts';
import { confirm, yes } from '../prompts.ts';
import { amount, timeOf } from '../words.ts';
import {
  actorFor,
  checkActor,
  onLive,
  pathOf,
  withClosed,
  withRecoveryHint,
  workspaceLog,
} from '../workspace.ts';

/** How many records that were left out people see; --json has more. */
const most = 20;

function salvageLines(report: SalvageReport): string[] {
  const {
    backup,
    transactions,
    until,
    tables,
    unread,
    left: skipped,
    more,
    spoiled,
    unused,
    closed,
    missing,
  } = report;
  const count = skipped.length + more;
  return [
    ...table(
      Object.entries(tables).map(([name, counts]) => ({ name, ...counts })),
      ['name', 'now', 'taken'],
      Infinity,
    ),
    ...facts({ backup: backup?.id ?? 'none', transactions_replayed: transactions, until }),
    report.whole ? 'The log is whole.' : 'A part of the log cannot be read, or its end is unknown.',
    ...(missing
      ? [
          `Lost${missing.maybe ? ' perhaps' : ''}: changes${missing.since === null ? '' : ` after ${timeOf(missing.since)}`}${missing.until === null ? '' : ` until ${timeOf(missing.until)}`} (UTC).`,
        ]
      : []),
    ...(report.another ? ['! The file is of another workspace than this folder.'] : []),
    ...(unread > 0 ? [`Not readable in the file itself: ${amount(unread, 'record')}.`] : []),
    ...(count > 0 ? [`Left out, or older than they were: ${amount(count, 'record')}.`] : []),
    ...skipped.slice(0, most).map(({ type, id, title, why }) => `  ${type} ${id} ${title}: ${why}`),
    ...spoiled.map((id) => `Backup ${id} is corrupt or cannot be read, and was not used.`),
    ...unused.map(({ id, why }) => `Later backup ${id} was not used: ${why}.`),
    ...(closed ?? []).map(
      (folder) => `! The folder of backups ${folder} cannot be read: none in it was used.`,
    ),
  ];
}

export const salvage = command({
  path: ['salvage'],
  summary: 'Make a workspace of what can be read of a corrupt one',
  details: [
    'It begins with the backup that has most of its log, replays the log after it as far as that is readable and unbroken, and takes ' +
      'what else can be read in the tables. The result is checked as "frames verify" does; where that fails, it is refused and nothing is ' +
      'changed. What is lost is named. The corrupt file is only read.',
    'Without --into it replaces the corrupt file, which is moved aside as it is; it asks first, after a preview, ' +
      'and is for admins. Nobody may have the workspace open. With --into a folder of its own becomes a workspace, for everybody; all profiles keep their roles there.',
  ],
  examples: ['frames salvage --workspace W --dry-run', 'frames salvage --workspace W --into W2 --yes --json'],
  parameters: {},
  options: {
    ...onLive,
    into: text('DIR', 'Folder that becomes a workspace: missing, or empty'),
    ...dryRun,
    yes,
  },
  async run(context, given) {
    const { output } = context;
    const folder = pathOf(context, given.workspace);
    type Parts = Parameters<typeof previewSalvage>[0];
    const work = <T>(run: (parts: Parts) => Promise<T>): Promise<T> =>
      withClosed(context, given, 'salvage', (parts) =>
        run({ ...parts, owner: ownerName(context.environment) }),
      ).catch(async (error: unknown) => {
        throw await withRecoveryHint(error, folder);
      });
    if (given['dry-run']) {
      const report = await work(previewSalvage);
      return output.result({ dry: true, report }, () => salvageLines(report));
    }
    if (!given.yes) output.note(salvageLines(await work(previewSalvage)));
    const { into } = given;
    await confirm(
      context,
      given.yes,
      into === undefined ? 'Replace the file with that?' : 'Make a workspace of that?',
    );
    if (into !== undefined) {
      const workspace = pathOf(context, into);
      const report = await work((parts) => salvageInto({ ...parts, into: workspace }));
      return output.result({ dry: false, workspace, report }, () => [
        ...salvageLines(report),
        `It is a workspace in ${workspace} now.`,
      ]);
    }
    const done = await work(salvageInPlace);
    output.result({ dry: false, workspace: folder, ...done }, () => [
      ...salvageLines(done.report),
      done.displaced === null
        ? `The file before is backup ${done.safety}.`
        : `The file before lies, unchanged, in backups/${done.displaced}.`,
    ]);
  },
});

const nothingMissing = (): string[] => ['Nothing is known to be missing in the file. Nothing was changed.'];

export const accept = command({
  path: ['accept'],
  summary: 'Accept the file of a workspace as it is, although changes are missing in it',
  details: [
    'A workspace is not opened where its file is an older copy, or another one, than the newest change that was written down beside it. This ' +
      'accepts the file: what is missing stays missing. It is backed up first, and the audit says until when changes are ' +
      'missing. It asks first, and is for admins. Nobody may have the workspace open.',
  ],
  examples: ['frames accept --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    const { output } = context;
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder);
    const log = workspaceLog(folder);
    const live = await tidied(files, () =>
      Promise.resolve(readAnyLive({ files, actor: actorFor(context, given), log })),
    );
    if (!live) throw await withRecoveryHint(whyUnusable(files, log), folder);
    permitRestore(actorOf(live.by));
    if (!live.behind) {
      output.result({ accepted: null }, nothingMissing);
      return;
    }
    const { until } = live.behind;
    const missing = until === null ? 'changes' : `the changes until ${timeOf(until)} (UTC)`;
    const another = (await isAnothers(files, live.workspace))
      ? `The file is of another workspace, "${live.name}". `
      : '';
    await confirm(context, given.yes, `${another}Accept the file without ${missing} of this workspace?`);
    const accepted = await withClosed(context, given, 'accept', acceptFile);
    output.result({ accepted }, () =>
      accepted === null
        ? nothingMissing()
        : [
            `The file is accepted; ${missing} are missing in it. The file before is backup ${accepted.safety}.`,
            ...(accepted.another ? ['It is the file of another workspace.'] : []),
          ],
    );
  },
});

export const setLogAsideCommand = command({
  path: ['set-log-aside'],
  summary: 'Move a foreign WAL that lies beside a workspace aside',
  details: [
    'A workspace is not opened where the write-ahead log beside its file (frames.sqlite-wal) is that of another file, as after one ' +
      'file was put in the place of another. This moves that log, unchanged, to a dated folder in `backups`; nothing is deleted. Where the file misses ' +
      'nothing without it, it is in the audit. It asks first, and is for admins. Nobody may have the workspace open.',
  ],
  examples: ['frames set-log-aside --workspace W --yes --json'],
  parameters: {},
  options: { ...onLive, yes },
  async run(context, given) {
    await checkActor(context, given, permitRestore);
    await confirm(context, given.yes, 'Move the log of another file aside?');
    const moved = await withClosed(context, given, 'set-log-aside', setLogAside);
    context.output.result({ moved }, () => [
      moved === null
        ? 'No log of another file lies beside it. Nothing was changed.'
        : `The log of the other file lies, unchanged, in backups/${moved.displaced}.`,
    ]);
  },
});
