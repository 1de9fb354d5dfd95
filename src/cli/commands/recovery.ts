import { isOfAnotherWorkspace } from '#core/versions/backup-folders.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { assertCanRestore } from '#core/model/permissions.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { acceptFile, unusableFault } from '#core/restore/accept.ts';
import { withSidecarCleanup } from '#core/kernel/swap/exclusive-access.ts';
import { readAnyLive } from '#core/log/closed-live.ts';
import { previewSalvage, salvageInPlace, salvageInto } from '#core/salvage/run.ts';
import { actorOf } from '#core/log/session.ts';
import { salvageReport } from '#shared/contract/salvage.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { text } from '../args/option.ts';
import { command } from '../command.ts';
import { dryRun } from '../operation.ts';
import { resultLines } from '../output/result.ts';
import { confirm, yesFlag } from '../prompts.ts';
import { formatTime } from '../format.ts';
import {
  resolveActor,
  liveOptions,
  resolvePath,
  withClosedWorkspace,
  withRecoveryHint,
  workspaceLog,
} from '../workspace.ts';

const salvageLines = (report: SalvageReport): string[] => resultLines(salvageReport, report);

export const salvageCommand = command({
  path: ['salvage'],
  summary: 'Salvage the readable records of a corrupt workspace',
  details: [
    'Starts from the best backup, replays the readable part of the audit log and adds other readable records. Verifies the result ' +
      'before using it and lists what is lost. Never writes to the corrupt file.',
    'Without --into, replaces the corrupt file after a preview and moves it aside; admins only, and the workspace must not be ' +
      'open. With --into, creates a new workspace in another folder; all profiles keep their roles.',
  ],
  examples: ['frames salvage --workspace W --dry-run', 'frames salvage --workspace W --into W2 --yes --json'],
  parameters: {},
  options: {
    ...liveOptions,
    into: text('DIR', 'Folder for the new workspace (must be missing or empty)'),
    ...dryRun,
    yes: yesFlag,
  },
  async run(context, args) {
    const { output } = context;
    const folder = resolvePath(context, args.workspace);
    type Parts = Parameters<typeof previewSalvage>[0];
    const runClosed = <T>(run: (parts: Parts) => Promise<T>): Promise<T> =>
      withClosedWorkspace(context, args, 'salvage', (parts) =>
        run({ ...parts, owner: ownerName(context.environment) }),
      ).catch(async (error: unknown) => {
        throw await withRecoveryHint(error, folder);
      });
    if (args['dry-run']) {
      const report = await runClosed(previewSalvage);
      return output.result({ dry: true, report }, () => salvageLines(report));
    }
    if (!args.yes) output.note(salvageLines(await runClosed(previewSalvage)));
    const { into } = args;
    await confirm(
      context,
      args.yes,
      into === undefined
        ? 'Replace the workspace file with this result?'
        : 'Create a workspace from this result?',
    );
    if (into !== undefined) {
      const workspace = resolvePath(context, into);
      const report = await runClosed((parts) => salvageInto({ ...parts, into: workspace }));
      return output.result({ dry: false, workspace, report }, () => [
        ...salvageLines(report),
        `Created a workspace in ${workspace}.`,
      ]);
    }
    const result = await runClosed(salvageInPlace);
    output.result({ dry: false, workspace: folder, ...result }, () => [
      ...salvageLines(result.report),
      result.displaced === null
        ? `Backup of the previous file: ${result.safety}.`
        : `The previous file was moved to backups/${result.displaced}.`,
    ]);
  },
});

const noLossLines = (): string[] => ['No known losses in the file. Nothing was changed.'];

export const acceptLossCommand = command({
  path: ['accept'],
  summary: 'Accept a workspace file that lacks changes',
  details: [
    'FRAMES does not open a workspace whose file is older than its latest recorded change, or from another workspace. This command ' +
      'accepts the file: missing changes stay lost, and the history notes it. Makes a backup first. Admins only; the workspace must ' +
      'not be open.',
  ],
  examples: ['frames accept --workspace W --yes --json'],
  parameters: {},
  options: { ...liveOptions, yes: yesFlag },
  async run(context, args) {
    const { output } = context;
    const folder = resolvePath(context, args.workspace);
    const files = workspaceFiles(folder);
    const log = workspaceLog(folder);
    const live = await withSidecarCleanup(files, () =>
      Promise.resolve(readAnyLive({ files, actor: resolveActor(context, args), log })),
    );
    if (!live) throw await withRecoveryHint(unusableFault(files, log), folder);
    assertCanRestore(actorOf(live.profile));
    if (!live.missingTail) {
      output.result({ accepted: null }, noLossLines);
      return;
    }
    const { until, altered } = live.missingTail;
    const missingText = until === null ? 'changes' : `the changes until ${formatTime(until)} (UTC)`;
    const anotherText = (await isOfAnotherWorkspace(files, live.workspace))
      ? `The file belongs to another workspace, "${live.name}". `
      : '';
    await confirm(
      context,
      args.yes,
      altered
        ? `${anotherText}head.json was altered, so changes may be missing. Accept the file as it is?`
        : `${anotherText}Accept the file and lose ${missingText} of this workspace?`,
    );
    const acceptResult = await withClosedWorkspace(context, args, 'accept', acceptFile);
    output.result({ accepted: acceptResult }, () =>
      acceptResult === null
        ? noLossLines()
        : [
            `Accepted the file${altered ? '' : ` without ${missingText}`}. Backup of the previous file: ${acceptResult.safety}.`,
            ...(acceptResult.another ? ['It belongs to another workspace.'] : []),
          ],
    );
  },
});
