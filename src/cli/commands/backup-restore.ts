import { restoreInto } from '#core/backup/restore-into.ts';
import type { RestoredInto } from '#core/backup/restore-into.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { needed } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { countsLine } from '../words.ts';

export const backupRestore = command({
  path: ['backup', 'restore'],
  summary: 'Make a workspace of a backup, in a folder of its own',
  details: [
    'The backup is checked as a whole first. The workspace that it is of stays as it is; it may be damaged or missing. Nothing is made ' +
      'unless everything is right.',
  ],
  examples: ['frames backup restore 20261120T083000000Z --workspace W --into W2 --json'],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: {
    workspace: needed('DIR', 'Folder of the workspace that was backed up'),
    into: needed('DIR', 'Folder that becomes a workspace: missing, or empty'),
  },
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const { output, signal } = context;
    const restored = await restoreInto({
      files: workspaceFiles(folder),
      id: given.id,
      into: pathOf(context, given.into),
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      log: workspaceLog(folder),
      tell: (progress) => output.progress(progress),
      signal,
    }).finally(() => output.endProgress());
    output.result(restored, () => [sentenceOf(restored)]);
  },
});

const sentenceOf = ({ id, workspace, counts }: RestoredInto): string =>
  `Backup ${id} is a workspace of its own in ${workspace} now: ${countsLine(counts)}.`;
