import { folderOfBackup } from '#core/versions/backup-folders.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { isCorruptionRecorded } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { anotherWorkspaceFault } from '#core/versions/manifest.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { flag, list, requiredText, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { callOperation, dryRun } from '../operation.ts';
import {
  changesText,
  differenceLines,
  problemLines,
  refusalOf,
  versionLines,
} from '../output/differences.ts';
import { UsageError } from '../output/errors.ts';
import { fieldLines } from '../output/table.ts';
import { previewAndApply } from '../plan.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { countPhrase, countsLine } from '../format.ts';
import { workspaceOptions, resolvePath, withClosedWorkspace, withWorkspace } from '../workspace.ts';
import type { TargetArguments } from '../workspace.ts';

const recordOnlyOptions = ['with-links', 'sandbox'] as const;

export const backupRestore = command({
  path: ['backup', 'restore'],
  summary: 'Restore a backup or single records, or open a backup as a new workspace',
  details: [
    'Makes a backup first and restores all records as one change. Undo with "frames undo". Profiles, the workspace name, ' +
      'retention, sandboxes and backups do not change. Admins only.',
    'If the workspace cannot be opened, its file is replaced; it must not be open elsewhere. A corrupt file that cannot be backed ' +
      'up is moved aside. If the backup folder is missing, earlier backup folders are searched.',
    'With --into, creates a new workspace from the backup; this workspace does not change.',
    'With --record, restores only these records and the records they need. Anyone who can edit the records can do this, while ' +
      'others have the workspace open. Add --sandbox to restore into a sandbox instead. To make a sandbox from the whole backup, use ' +
      '"frames sandbox create NAME --from backup:ID".',
  ],
  examples: ['frames backup restore 20261120T083000000Z --workspace W --yes'],
  parameters: { id: requiredText('ID', 'Backup id (see "frames backup list")') },
  options: {
    ...workspaceOptions,
    sandbox: text('ID', 'With --record: restore into this sandbox (id or name) instead of live'),
    into: text('DIR', 'Folder for the new workspace (must be missing or empty)'),
    another: flag('Allow a backup of another workspace'),
    record: list('RECORD', 'Restore only the record with this id'),
    'with-links': flag('Also restore the links that these records have in the backup'),
    ...dryRun,
    yes: yesFlag,
  },
  run(context, args) {
    if (args.record.length > 0) {
      if (args.into !== undefined) throw misusedOption('into', 'only for whole backups, not with --record');
      return restoreRecords(context, args);
    }
    for (const option of recordOnlyOptions)
      if (args[option]) throw misusedOption(option, 'only for --record');
    return args.into === undefined ? restoreAll(context, args) : restoreIntoFolder(context, args, args.into);
  },
});

const misusedOption = (name: string, problem: string): UsageError =>
  new UsageError(`--${name} is ${problem}.`, { argument: `--${name}` });

interface RestoreArguments extends TargetArguments {
  id: string;
  another: boolean;
  yes: boolean;
}

async function restoreIntoFolder(context: Context, args: RestoreArguments, folder: string): Promise<void> {
  if (args.another || args.yes) {
    const argument = args.another ? '--another' : '--yes';
    throw new UsageError(`${argument} cannot be used with --into.`, { argument });
  }
  const result = await withClosedWorkspace(context, args, 'backup restore', (parts) =>
    restoreInto({ ...parts, id: args.id, into: resolvePath(context, folder) }),
  );
  context.output.result(result, () => [
    `Created a workspace in ${result.folder} from backup ${result.id}: ${countsLine(result.counts)}.`,
  ]);
}

/** Restores all records in one change. If the workspace cannot be opened or written, replaces its file. */
async function restoreAll(context: Context, args: RestoreArguments & { 'dry-run': boolean }): Promise<void> {
  const { id, another, workspace, actor } = args;
  try {
    await withWorkspace(context, { workspace, actor }, 'backup restore', (open) =>
      previewAndApply(context, args, {
        run: (dry, preview) =>
          callOperation(open, 'backups.restore', { id, another, dry, seen: preview?.head }, context),
        refusal: (preview) =>
          preview.another && !another ? anotherWorkspaceFault(id) : refusalOf(preview.problems),
        lines: versionLines,
        question: (preview) => (preview.records.length > 0 ? `Restore backup ${id}?` : null),
      }),
    );
  } catch (error) {
    const reason = reasonToReplace(context, args, error);
    if (reason === null) throw error;
    if (args['dry-run']) throw misusedOption('dry-run', 'only for a workspace that can be opened');
    await replaceFile(context, args, reason);
  }
}

async function replaceFile(context: Context, args: RestoreArguments, reason: string): Promise<void> {
  const { id, another, workspace } = args;
  const { output } = context;
  output.note([reason]);
  await confirm(context, args.yes, `Replace the workspace file with backup ${id}?`);
  const readFrom = await folderOfBackup(resolvePath(context, workspace), id);
  const result = await withClosedWorkspace(context, args, 'backup restore', (parts) =>
    restoreInPlace({ ...parts, id, readFrom, another }),
  );
  output.result(result, () => [
    `Restored backup ${result.id}: ${countsLine(result.counts)}.`,
    result.displaced === null
      ? `Backup of the previous state: ${result.safety}.`
      : `The previous file was moved to backups/${result.displaced}.`,
    ...(result.missing ? [`Missing changes: ${fieldLines(result.missing).join(', ')}`] : []),
  ]);
}

const missingNotice = 'The workspace file is missing or corrupt. Its remains will be moved aside.';
const behindNotice = 'The workspace file lacks changes. It will be backed up as it is.';
const corruptNotice = 'The workspace file is corrupt. What cannot be backed up will be moved aside.';
const noticesByReason: Readonly<Record<string, string>> = {
  missing: missingNotice,
  lost: missingNotice,
  empty: missingNotice,
  foreign: missingNotice,
  damaged: missingNotice,
  behind: behindNotice,
  another_line: behindNotice,
};

/** Why the file must be replaced, as a sentence: the workspace cannot be opened or written. Null for any other error. */
function reasonToReplace(context: Context, { workspace }: RestoreArguments, error: unknown): string | null {
  const { code, data } = error as { code?: unknown; data?: { reason?: unknown; rule?: unknown } };
  const files = workspaceFiles(resolvePath(context, workspace));
  if (data?.rule === 'damaged_read_only') return corruptNotice;
  if (code !== 'WORKSPACE' && code !== 'BACKUP') return null;
  const reason = String(data?.reason);
  const notice = code === 'WORKSPACE' ? noticesByReason[reason] : undefined;
  if (notice !== undefined) return notice;
  // The backup was not found, but can be in an earlier backup folder. A file with recorded corruption must be replaced anyway.
  const isBackupMissing = ['no_backups_place', 'missing'].includes(reason);
  return isBackupMissing && isCorruptionRecorded(files) ? corruptNotice : null;
}

interface RestoreRecordsArguments extends RestoreArguments {
  record: readonly string[];
  'with-links': boolean;
  'dry-run': boolean;
}

async function restoreRecords(context: Context, args: RestoreRecordsArguments): Promise<void> {
  const { id, another } = args;
  const input = { id, records: [...args.record], links: args['with-links'], another };
  await withWorkspace(context, { ...args, 'dry-run': false }, 'backup restore', (open) =>
    previewAndApply(context, args, {
      run: (dry, preview) =>
        callOperation(open, 'backups.restoreRecords', { ...input, dry, seen: preview?.head }, context),
      refusal: (preview) =>
        preview.another && !another ? anotherWorkspaceFault(id) : refusalOf(preview.problems),
      lines: restoredRecordLines,
      question: ({ records }) =>
        records.some(({ action }) => action !== 'none') ? `Restore these records from backup ${id}?` : null,
    }),
  );
}

const restoredRecordLines = (result: RestoredRecords): string[] => [
  ...differenceLines(
    result.records,
    ({ action }) => (action === 'none' ? 'unchanged' : action),
    ({ action, fields }) => (action === 'updated' ? fields : []),
    ({ live, backup }) => [
      ['', live],
      ['', backup],
    ],
  ),
  `${result.dry ? 'Would restore' : 'Restored'}: ${changesText(result)}.`,
  ...(result.links_left > 0
    ? [`Not restored: ${countPhrase(result.links_left, 'link')}. Use --with-links to restore them too.`]
    : []),
  ...problemLines(result.problems),
];
