import { placeHolding } from '#core/versions/place.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { isCorruptionRecorded } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitRestore } from '#core/model/permissions.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { ofAnother } from '#core/restore/records/restore.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { RestorePreview } from '#shared/contract/backups.ts';
import { flag, list, needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { dryRun } from '../operation.ts';
import { changesText, differenceLines, dryResult, problemLines, refusalOf } from '../output/differences.ts';
import { Failed, reportOf, UsageError } from '../output/errors.ts';
import { facts } from '../output/table.ts';
import { confirm, yes } from '../prompts.ts';
import { amount, countsLine, timeOf } from '../words.ts';
import { follow, onWorkspace, pathOf, withClosed, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

const partial = ['with-links', 'dry-run', 'sandbox'] as const;

export const backupRestore = command({
  path: ['backup', 'restore'],
  summary: 'Restore a backup, single records of it, or make a workspace of it',
  details: [
    'The backup is checked as a whole first, and a backup is made of the records before; nothing is changed unless everything is ' +
      'right. Nobody may have the workspace open. It asks first, and is for admins; it is in the audit. Sandboxes stay as they are. ' +
      'A damaged file that cannot be backed up is moved aside as it is. Where the workspace cannot be opened, and the folder of ' +
      'backups is missing, backups are searched in its earlier folders.',
    'Exit 1 also where what was restored cannot be opened.',
    'With --into a folder of its own becomes a workspace, and the one that was backed up stays as it is.',
    'With --record, which may be given several times, only these records are restored, with what they would be hidden without, ' +
      'as one change that "frames undo" undoes; others may have the workspace open, and who may change a record may do it. With --sandbox they are restored there, and live ' +
      'stays as it is; "frames sandbox create NAME --from backup:ID" makes a whole sandbox of a backup.',
  ],
  examples: ['frames backup restore 20261120T083000000Z --workspace W --yes'],
  parameters: { id: needed('ID', 'Its id, as "frames backup list" shows it') },
  options: {
    ...onWorkspace,
    sandbox: text('ID', 'With --record: restore them in this sandbox (id or name) instead of live'),
    into: text('DIR', 'Folder that becomes a workspace: missing, or empty'),
    another: flag(
      'The backup may be of another workspace, which replaces this one, or from which --record restores',
    ),
    record: list('RECORD', 'Only the record of this id, as one change'),
    'with-links': flag('Restore too the interfaces that these records have in the backup'),
    ...dryRun,
    yes,
  },
  run(context, given) {
    if (given.record.length > 0) {
      if (given.into !== undefined) throw only('into', 'for whole backups; --record restores single records');
      return restoreRecords(context, given);
    }
    for (const one of partial) if (given[one]) throw only(one, 'for --record');
    return given.into === undefined ? inPlace(context, given) : into(context, given, given.into);
  },
});

const only = (name: string, what: string): UsageError =>
  new UsageError(`--${name} is ${what}.`, { argument: `--${name}` });

interface Given extends Chosen {
  id: string;
  another: boolean;
  yes: boolean;
}

async function into(context: Context, given: Given, folder: string): Promise<void> {
  if (given.another || given.yes) {
    const argument = given.another ? '--another' : '--yes';
    throw new UsageError(`${argument} is for restoring in place; --into replaces nothing.`, { argument });
  }
  const restored = await withClosed(context, given, 'backup restore', (parts) =>
    restoreInto({ ...parts, id: given.id, into: pathOf(context, folder) }),
  );
  context.output.result(restored, () => [
    `Backup ${restored.id} is a workspace in ${restored.folder} now: ${countsLine(restored.counts)}.`,
  ]);
}

async function inPlace(context: Context, given: Given): Promise<void> {
  const { id, another, workspace } = given;
  const { output } = context;
  const preview = await previewOf(context, given);
  // Nobody is asked about what is refused anyway: restoring says why.
  const isRefused =
    typeof preview !== 'string' && (preview.schema === 'newer' || (preview.line === 'another' && !another));
  if (!isRefused) {
    output.note(typeof preview === 'string' ? preview : previewLines(preview));
    await confirm(context, given.yes, `Restore backup ${id}, which replaces the records?`);
  }
  const folder = pathOf(context, workspace);
  const readFrom = typeof preview === 'string' ? await placeHolding(folder, id) : undefined;
  const restored = await withClosed(context, given, 'backup restore', (parts) =>
    restoreInPlace({ ...parts, id, readFrom, another }),
  );
  const problem = await whyNotOpened(context, workspace);
  output.result({ ...restored, problem }, () => [
    `Restored backup ${restored.id}: ${countsLine(restored.counts)}.`,
    ...(restored.displaced === null
      ? []
      : [`The file before lies, unchanged, in backups/${restored.displaced}.`]),
    ...(restored.displaced === null ? [`What was there before is backup ${restored.safety}.`] : []),
    ...(restored.missing ? [`Changes are missing: ${facts(restored.missing).join(', ')}`] : []),
    ...(restored.displaced === null
      ? [`"frames backup restore ${restored.safety}" restores what was there before; "frames undo" does not.`]
      : []),
    ...(problem === null ? [] : [`It cannot be opened: ${problem}`]),
  ]);
  if (problem !== null)
    throw new Failed('NOT_OPENED', `Backup ${id} was restored, and cannot be opened: ${problem}`, {
      problem,
    });
}

/** Opens the workspace once after its file was replaced, as its first profile. Null, or the reason why it cannot be opened. */
async function whyNotOpened(context: Context, workspace: string): Promise<string | null> {
  try {
    await withWorkspace({ ...context, environment: {} }, { workspace }, 'backup restore', ({ client }) =>
      client.workspace.info({}),
    );
    return null;
  } catch (error) {
    return reportOf(error)?.message ?? String(error);
  }
}

function previewLines({ backup, now, line, later, acts, schema }: RestorePreview): string[] {
  const changes = {
    same: `Changes since that will be removed: ${later}.`,
    other: 'The history here is another one than after the backup: all of it will be removed.',
    another: 'It is of another workspace, which replaces this one.',
  };
  return [
    `Backup ${backup.id}${backup.made === null ? '' : ` of ${timeOf(backup.made)} (UTC)`}: ${countsLine(backup.counts)}.`,
    `The records now: ${countsLine(now)}.`,
    changes[line],
    ...(acts ? [`The profile "${acts.now}" is not in it; "${acts.after}" is the first there.`] : []),
    ...(schema === 'older' ? ['Its schema is older, and is migrated.'] : []),
  ];
}

const corrupt = 'The file of this workspace is missing or damaged: what is left of it is moved aside.';
const behind = 'Changes are missing in the file of this workspace already: it is backed up as it is.';
const noted = 'Damage was found in the file of this workspace: what cannot be backed up is moved aside.';
const reasons: Readonly<Record<string, string>> = {
  missing: corrupt,
  lost: corrupt,
  empty: corrupt,
  foreign: corrupt,
  damaged: corrupt,
  behind,
  another_line: behind,
};

/** A sentence where the workspace cannot be opened any more. Throws what prevents restoring. */
async function previewOf(context: Context, given: Given): Promise<RestorePreview | string> {
  const { id, workspace, actor } = given;
  try {
    return await withWorkspace(
      context,
      { workspace, actor },
      'backup restore',
      ({ core, session, client }) => {
        permitRestore(actorOf(actingProfile(core.services.read, session)));
        return client.backups.preview({ id });
      },
    );
  } catch (error) {
    const { code, data } = error as { code?: unknown; data?: { reason?: unknown } };
    const reason = String(data?.reason);
    const why = code === 'WORKSPACE' ? reasons[reason] : undefined;
    if (why !== undefined) return why;
    // It opens for reading only; the backup may lie in an earlier folder of backups.
    const files = workspaceFiles(pathOf(context, workspace));
    if (['no_backups_place', 'missing'].includes(reason) && isCorruptionRecorded(files)) return noted;
    throw error;
  }
}

interface GivenRecords extends Given {
  record: readonly string[];
  'with-links': boolean;
  'dry-run': boolean;
}

/** Previews the restored records, asks, and restores them as one change. */
async function restoreRecords(context: Context, given: GivenRecords): Promise<void> {
  const { id, another } = given;
  const input = {
    id,
    records: [...given.record],
    links: given['with-links'],
    another,
  };
  const { output, signal } = context;
  await withWorkspace(context, { ...given, 'dry-run': false }, 'backup restore', async ({ client }) => {
    const run = async (dry: boolean, seen?: RestoredRecords['head']): Promise<RestoredRecords> =>
      follow(await client.backups.restoreRecords({ ...input, dry, seen }, { signal }), output);
    const preview = given['dry-run'] || !given.yes ? await run(true) : null;
    const refusal = preview && (preview.another && !another ? ofAnother(id) : refusalOf(preview.problems));
    if (preview && given['dry-run']) {
      dryResult(output, preview, refusal, () => recordsLines(preview));
      return;
    }
    if (preview && !refusal && preview.records.some(({ action }) => action !== 'none')) {
      output.note(recordsLines(preview));
      await confirm(context, false, `Restore these records from backup ${id}?`);
    }
    const done = await run(false, preview?.head);
    output.result(done, () => [
      ...recordsLines(done),
      ...(done.op_id === null ? [] : [`Restored from backup ${done.backup}. "frames undo" undoes it.`]),
    ]);
  });
}

const recordsLines = (found: RestoredRecords): string[] => [
  ...differenceLines(
    found.records,
    ({ action }) => (action === 'none' ? 'unchanged' : action),
    ({ action, fields }) => (action === 'updated' ? fields : []),
    ({ live, backup }) => [
      ['', live],
      ['', backup],
    ],
  ),
  `${found.dry ? 'Would be done' : 'In all'}: ${changesText(found)}.`,
  ...(found.links_left > 0
    ? [`Not restored: ${amount(found.links_left, 'interface')}. --with-links restores that too.`]
    : []),
  ...problemLines(found.problems),
];
