import { basename, dirname } from 'node:path';
import { retentionBounds } from '#shared/domain/retention.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { resolveBackupFolder } from '#core/versions/backup-folders.ts';
import { findCommand, missingArgument, parseArguments, parseCommandLine } from '../args/parse.ts';
import { text, wholeNumber } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command, Context } from '../command.ts';
import { isWorkspaceMissing, liveOptions, resolvePath, withWorkspace } from '../workspace.ts';

/** Variables that replace options, documented in `.env.example`. */
export const workspaceVariables = {
  workspace: 'TARGET_DB_PATH',
  from: 'TARGET_DB_SOURCE',
  backups: 'BACKUP_DIR',
  keep: 'BACKUP_RETENTION_COUNT',
} as const;

const [minCount, maxCount] = retentionBounds.last;
const keepOption = wholeNumber(
  'N',
  `Number of newest backups to keep (default: $${workspaceVariables.keep})`,
  {
    min: minCount,
    max: maxCount,
  },
);

interface MissingSteps {
  needsRecords: boolean;
  needsGolden: boolean;
  needsBackup: boolean;
}

async function findMissingSteps(context: Context, args: { workspace: string }): Promise<MissingSteps> {
  return withWorkspace(
    context,
    args,
    'init',
    async ({ client }) => {
      const [counts, golden, backups] = await Promise.all([
        client.entities.counts({}),
        client.golden.list({}),
        client.backups.list({}),
      ]);
      const hasOwnVersion = golden.some(({ shipped, problem }) => shipped === null && problem === null);
      const isEmpty = sumOf(counts) === 0;
      return {
        needsRecords: isEmpty,
        needsGolden: !hasOwnVersion && !isEmpty,
        needsBackup: !backups.some(({ problem }) => problem === null),
      };
    },
    { canCreate: true },
  );
}

/** Creates `frames init`, which runs some of the other commands. */
export function initCommand(commands: readonly Command[]): Command {
  return command({
    path: ['init'],
    summary: 'Set up a workspace without the window',
    details: [
      'Creates the workspace, imports FILE if it has no records, sets the given backup folder and number of backups, publishes the first ' +
        'golden version, and makes the first backup. Then runs the full health check, and exits with 1 if there is a problem.',
      'After an error, run it again to continue. It imports, publishes and backs up only what is missing.',
      'To set up a server, use "frames serve init".',
    ],
    examples: [
      'frames init --workspace W --from frames_data.json --backups /media/backups --keep 10',
      'frames init --workspace W --json',
    ],
    parameters: {},
    options: {
      workspace: text('DIR', `Workspace folder (default: $${workspaceVariables.workspace})`),
      actor: liveOptions.actor,
      from: text(
        'FILE',
        `File to import into a workspace without records (default: $${workspaceVariables.from})`,
      ),
      backups: text(
        'DIR',
        `Backup folder, for example on another drive (default: $${workspaceVariables.backups})`,
      ),
      keep: keepOption,
    },
    async run(context, args) {
      const { environment, output } = context;
      const readVariable = (option: keyof typeof workspaceVariables): string | undefined =>
        environment[workspaceVariables[option]]?.trim() || undefined;
      const workspace = args.workspace ?? workspaceFolderOf(readVariable('workspace'));
      if (workspace === undefined)
        throw missingArgument(`--workspace DIR or ${workspaceVariables.workspace}`, 'frames init');
      const sourceFile = args.from ?? readVariable('from');
      const backupFolder = args.backups ?? readVariable('backups');
      const countText = readVariable('keep');
      const keepCount =
        args.keep ?? keepOption.parse(countText === undefined ? [] : [countText], workspaceVariables.keep);

      const steps: { command: string; result: unknown }[] = [];
      const targetArguments = [
        '--workspace',
        workspace,
        ...(args.actor === undefined ? [] : ['--actor', args.actor]),
      ];
      const runStep = async (...words: string[]): Promise<void> => {
        const line = parseCommandLine(words, commands);
        const match = findCommand(line.words, commands);
        if (!('command' in match)) throw new Error(`no command: ${words.join(' ')}`);
        await match.command.run(
          {
            ...context,
            output: {
              ...output,
              result(value, lines) {
                steps.push({ command: match.command.path.join(' '), result: value });
                if (!output.json) output.result(value, lines);
              },
            },
          },
          parseArguments(match.command, line, match.argumentWords),
        );
      };

      const target = { workspace, actor: args.actor };
      const isNew = isWorkspaceMissing(context, target);
      if (backupFolder !== undefined && backupFolder !== 'default')
        resolveBackupFolder(resolvePath(context, backupFolder));
      // Imports before the workspace exists, because the import command then creates no workspace for a refused file.
      if (isNew && sourceFile !== undefined)
        await runStep('import', sourceFile, '--no-backup', ...targetArguments);
      const { needsRecords } = await findMissingSteps(context, target);
      if (!isNew && needsRecords && sourceFile !== undefined)
        await runStep('import', sourceFile, '--no-backup', ...targetArguments);
      if (!isNew && !needsRecords && sourceFile !== undefined)
        output.note(`The workspace has records. ${sourceFile} was not imported.`);
      if (backupFolder !== undefined) await runStep('backup', 'place', backupFolder, ...targetArguments);
      if (keepCount !== undefined)
        await runStep('backup', 'retention', '--last', String(keepCount), ...targetArguments);
      const { needsGolden, needsBackup } = await findMissingSteps(context, target);
      if (needsGolden) await runStep('golden', 'publish', '--note', 'First start', ...targetArguments);
      if (needsBackup) await runStep('backup', 'create', '--with-golden', ...targetArguments);
      try {
        await runStep('health', '--full', '--workspace', workspace);
      } finally {
        if (output.json) output.result({ workspace, created: isNew, steps }, () => []);
      }
    },
  });
}

/** The variable names a workspace file or its folder. */
const workspaceFolderOf = (path: string | undefined): string | undefined =>
  path !== undefined && basename(path) === 'frames.sqlite' ? dirname(path) : path;
