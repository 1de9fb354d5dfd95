import { sentenceText } from '#shared/texts/sentence.ts';
import { readRecordedHead } from '#core/log/audit/head.ts';
import { exportBackup } from '#core/versions/export.ts';
import { addBackup } from '#core/versions/add.ts';
import { listBackups, ownerIdOf } from '#core/versions/list.ts';
import { setBackupsFolder, placeOfBackups } from '#core/versions/backup-folders.ts';
import { verifyBackup } from '#core/versions/unpack-version.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { BackupReport } from '#shared/contract/backups.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { assertCanWrite } from '#core/model/permissions.ts';
import { readFacts } from '#core/log/workspace-facts.ts';
import { readClosed } from '#core/open/read-closed.ts';
import { field, requiredText, resultSchemaOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { comparisonDeclaration, comparisonLines } from '../comparison.ts';
import { callOperation, dryRun, operationCommand } from '../operation.ts';
import { CommandFailure } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { anyLength, confirm, passphraseOption, readPassphrase, yesFlag } from '../prompts.ts';
import { countPhrase, formatBytes, countsLine, formatTime } from '../format.ts';
import {
  checkActor,
  isWorkspaceMissing,
  missingWorkspaceError,
  liveOptions,
  resolvePath,
  replaceFlag,
  lostFault,
  withClosedWorkspace,
  withWorkspace,
} from '../workspace.ts';
import { backupRestore } from './backup-restore.ts';
import { documentsHint } from './health.ts';

const idParameter = requiredText('ID', 'Backup id (see "frames backup list")', { field: 'id' });

const backupList = command({
  path: ['backup', 'list'],
  summary: 'List backups, newest first',
  details: [
    'Size is uncompressed, Stored is the size on disk. "replaced" marks backups from before a recovery or file replacement. Works ' +
      'even if the workspace is corrupt or missing.',
  ],
  parameters: {},
  options: liveOptions,
  async run(context, args) {
    const folder = resolvePath(context, args.workspace);
    const files = workspaceFiles(folder);
    await checkActor(context, args);
    const ownId = await readWorkspaceId(files);
    const backups = await listBackups(files.backups, readRecordedHead(files.head), ownId);
    if (backups.length === 0 && isWorkspaceMissing(context, args)) throw await missingWorkspaceError(folder);
    const hasOtherWorkspaces =
      new Set([...backups.map(({ workspace }) => workspace), ownId ?? backups[0]?.workspace]).size > 1;
    const workspaceText = (workspace: string): string => {
      if (!hasOtherWorkspaces) return '';
      if (ownId === null) return workspace;
      return workspace === ownId ? 'this one' : 'another';
    };
    const rows = backups.map((backup) => ({ ...backup, workspace: workspaceText(backup.workspace) }));
    context.output.result(backups, () =>
      resultLines(resultSchemaOf('backups.list'), rows, context.output.width),
    );
  },
});

/** Reads the workspace id from the file, else from the files next to it; null if neither is readable. */
async function readWorkspaceId(files: WorkspaceFiles): Promise<string | null> {
  try {
    return await readClosed(files.folder, ({ read }) => Promise.resolve(readFacts(read).id));
  } catch {
    return ownerIdOf(files);
  }
}

/** Texts by reason. A backup by a newer version is not called corrupt, because it was not checked. */
const verdictTexts: Readonly<Record<string, string>> = {
  newer: 'was made by a newer version of FRAMES and was not checked',
  foreign: 'is not a FRAMES backup',
  unreadable: 'cannot be read',
  documents: 'can be restored, but files of documents were missing or wrong when it was made',
};

const verdictOf = ({ reason }: BackupReport): string => verdictTexts[reason ?? ''] ?? 'is corrupt';

const backupVerify = command({
  path: ['backup', 'verify'],
  summary: 'Check that a backup can be restored',
  details: [
    'Checks every byte and database page, replays the audit log and compares the manifest. Does not open or change the workspace. ' +
      'Exits with 1 if there is a problem.',
  ],
  examples: ['frames backup verify 20261120T083000000Z --workspace W --json'],
  parameters: { id: idParameter },
  options: liveOptions,
  async run(context, args) {
    await checkActor(context, args);
    const report = await withClosedWorkspace(context, args, 'backup verify', (parts) =>
      verifyBackup({ ...parts, id: args.id }),
    );
    context.output.result(report, () => [
      report.ok ? `✓ Backup ${report.id} is intact.` : `✗ Backup ${report.id} ${verdictOf(report)}.`,
      ...report.problems.map((problem) => `    ${sentenceText(problem)}`),
    ]);
    if (report.ok) return;
    throw new CommandFailure(
      'NOT_VERIFIED',
      `Backup ${report.id} ${verdictOf(report)}. The report names what is wrong.`,
      report,
    );
  },
});

const backupExport = command({
  path: ['backup', 'export'],
  summary: 'Export a backup as one file',
  details: [
    'Add the file to the backups of this or another workspace with "frames backup take". Works even if the workspace is corrupt or missing.',
  ],
  examples: ['frames backup export 20261120T083000000Z --to backup.frames --workspace W --json'],
  parameters: { id: idParameter },
  options: {
    ...liveOptions,
    to: requiredText('FILE', 'Output file'),
    replace: replaceFlag,
    passphrase: passphraseOption(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, args) {
    const path = resolvePath(context, args.to);
    await checkActor(context, args);
    const passphrase = await readPassphrase(context, args.passphrase);
    const exportResult = await withClosedWorkspace(context, args, 'backup export', (parts) =>
      exportBackup({ ...parts, id: args.id, path, replace: args.replace, passphrase }),
    );
    context.output.result({ ...exportResult, file: path }, () => [
      `Wrote backup ${exportResult.id} to ${path} (${formatBytes(exportResult.bytes)}).`,
    ]);
  },
});

const backupTake = command({
  path: ['backup', 'take'],
  summary: 'Add an exported backup file to a workspace',
  details: [
    'Checks the file first. It may come from another workspace or computer. An intact backup is not added twice. Restore it with ' +
      '"frames backup restore". Not for viewers.',
  ],
  examples: ['frames backup take backup.frames --workspace W --json'],
  parameters: { file: requiredText('FILE', 'File from "frames backup export"') },
  options: {
    ...liveOptions,
    passphrase: passphraseOption(
      'Passphrase of an encrypted file, from stdin or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, args) {
    const path = resolvePath(context, args.file);
    await checkActor(context, args, (actor) => assertCanWrite(actor, { type: 'backup', id: '' }));
    const passphrase = await readPassphrase(context, args.passphrase, anyLength);
    const addResult = await withClosedWorkspace(context, args, 'backup take', (parts) =>
      addBackup({ ...parts, path, passphrase }),
    );
    context.output.result(addResult, () => [
      addResult.already
        ? `Backup ${addResult.id} already exists and is intact: ${countsLine(addResult.counts)}. Nothing was changed.`
        : `Added backup ${addResult.id}: ${countsLine(addResult.counts)}.`,
    ]);
  },
});

const backupPlace = command({
  path: ['backup', 'place'],
  summary: 'Show or change the backup folder',
  details: [
    'Creates a subfolder in DIR; "default" is the workspace folder. Applies to this workspace on this computer. Existing backups ' +
      'are not moved. If the folder is missing, no backups are made. The workspace must not be open. Only admins can change it.',
  ],
  examples: ['frames backup place --workspace W', 'frames backup place /media/backups --workspace W'],
  parameters: { dir: text('DIR', 'New folder, for example on another drive, or "default"') },
  options: liveOptions,
  async run(context, args) {
    const { dir } = args;
    const backupFolder = await withClosedWorkspace(
      context,
      args,
      'backup place',
      async ({ folder: workspace, actor, log }) => {
        const isMissing =
          isWorkspaceMissing(context, args) && (await lostFault(workspaceFiles(workspace))) === null;
        if (isMissing) throw await missingWorkspaceError(workspace);
        if (dir === undefined) return placeOfBackups(workspace);
        return setBackupsFolder({
          workspace,
          into: dir === 'default' ? null : resolvePath(context, dir),
          actor,
          log,
        });
      },
    );
    const availability = backupFolder.there ? '' : ' (not available)';
    context.output.result(backupFolder, () => [
      `Backup folder: ${backupFolder.folder}${backupFolder.usual ? ' (default)' : availability}`,
    ]);
  },
});

const backupPrune = command({
  path: ['backup', 'prune'],
  summary: 'Remove old backups',
  details: [
    'Follows the rule of "frames backup retention". Always keeps the newest backup, the newest that lacks no file of a document, the newest that ' +
      '"frames backup verify" found intact, and backups that are unreadable, dated in the future or from newer versions. Admins only.',
  ],
  examples: ['frames backup prune --dry-run --workspace W --json', 'frames backup prune --yes --workspace W'],
  parameters: {},
  options: { ...liveOptions, ...dryRun, yes: yesFlag },
  async run(context, args) {
    const { output } = context;
    const target = { ...args, 'dry-run': false };
    const result = await withWorkspace(context, target, 'backup prune', async (open) => {
      const preview = await callOperation(open, 'backups.prune', { dry: true }, context);
      if (args['dry-run']) return preview;
      const ids = preview.removed.map((backup) => backup.id);
      if (ids.length > 0)
        await confirm(
          context,
          args.yes,
          `Remove ${countPhrase(ids.length, 'backup')} up to ${formatTime(preview.removed[0]?.made ?? '')} (UTC) permanently?`,
        );
      return callOperation(open, 'backups.prune', { only: ids }, context);
    });
    output.result(result, () => resultLines(resultSchemaOf('backups.prune'), result, output.width));
  },
});

const retentionOption = (key: 'last' | 'daily' | 'weekly' | 'monthly', summary: string) =>
  field('backups.setRetention', key, 'N', summary);

export const backupCommands: readonly Command[] = [
  operationCommand({
    path: 'backup create',
    operation: 'backups.create',
    summary: 'Make a backup',
    details: [
      'Copies a consistent snapshot to one self-contained file and verifies it. Sandboxes and golden versions are saved as separate ' +
        'files; "frames backup restore --into" restores them.',
    ],
    examples: ['frames backup create --workspace W --json'],
    targetOptions: liveOptions,
    options: {
      'with-sandboxes': field('backups.create', 'sandboxes', '', 'Back up the sandboxes too'),
      'with-golden': field('backups.create', 'golden', '', 'Back up the golden versions too'),
    },
    done: ({ id, damaged }) =>
      damaged.length === 0
        ? `Made backup ${id}.`
        : `Made backup ${id}, but files of documents are missing or wrong in it. ${documentsHint}`,
  }),
  backupList,
  backupVerify,
  backupExport,
  backupTake,
  backupPlace,
  backupPrune,
  command({
    path: ['backup', 'retention'],
    summary: 'Show or change which backups are kept',
    details: [
      'Keeps the newest backups, and the newest of each day, week (from Monday) and month that has backups (UTC). Removes nothing; ' +
        '"frames backup prune" does. Only admins can change it.',
    ],
    examples: ['frames backup retention --workspace W'],
    parameters: {},
    options: {
      ...liveOptions,
      last: retentionOption('last', 'Number of newest backups to keep (default 7)'),
      daily: retentionOption('daily', 'Number of days to keep the newest backup of (default 7)'),
      weekly: retentionOption('weekly', 'Number of weeks to keep the newest backup of (default 4)'),
      monthly: retentionOption('monthly', 'Number of months to keep the newest backup of (default 12)'),
      ...dryRun,
    },
    async run(context, args) {
      const { last, daily, weekly, monthly } = args;
      const rule = { last, daily, weekly, monthly };
      const isQuery = Object.values(rule).every((value) => value === undefined);
      const result = await withWorkspace(context, args, 'backup retention', async ({ client }) =>
        isQuery
          ? { retention: await client.backups.retention({}), op_id: null }
          : client.backups.setRetention(rule),
      );
      const isDry = args['dry-run'];
      context.output.result(isDry ? { ...result, dry: true } : result, () =>
        resultLines(resultSchemaOf('backups.setRetention'), result),
      );
    },
  }),
  backupRestore,
  operationCommand({
    path: 'backup diff',
    ...comparisonDeclaration,
    summary: 'Show records deleted or changed since a backup',
    details: [
      'Records added since are not listed. Restore a record with "frames backup restore ID --record RECORD". With --sandbox, both ' +
        'commands use that sandbox. In --json, "live" is the current value and "play" is the value in the backup.',
    ],
    examples: ['frames backup diff 20261120T083000000Z --workspace W --type team --search thermal'],
    parameters: { backup: requiredText('ID', 'Backup id (see "frames backup list")') },
    input: ({ backup }) => ({ from: 'now', to: `backup:${backup}`, restorable: true }),
    show: (result, args) =>
      comparisonLines(result, args, {
        nameOf: ({ play }) => (play === 'updated' ? 'changed' : 'gone'),
        counts: { 'deleted or changed': result.matched },
      }),
  }),
];
