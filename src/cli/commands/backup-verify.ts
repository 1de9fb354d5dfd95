import { verifyBackup } from '#core/versions/open.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { systemClock } from '#core/kernel/system.ts';
import type { BackupReport } from '#shared/contract/backups.ts';
import { actsHere } from '../acting.ts';
import { needed } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { Failed } from '../output/errors.ts';
import { onLive } from '../workspace.ts';

export const backupVerify = command({
  path: ['backup', 'verify'],
  summary: 'Check a backup by reading it as restoring would',
  details: [
    'Every byte, every page of the database, its audit replayed against its records, and what the manifest says of it. The workspace itself is not ' +
      'opened, and nothing is changed. Exit 1 when anything is wrong.',
  ],
  examples: ['frames backup verify 20261120T083000000Z --workspace W --json'],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: onLive,
  async run(context, given) {
    const folder = pathOf(context, given.workspace);
    const { output, signal } = context;
    await actsHere(context, given);
    const report = await verifyBackup({
      files: workspaceFiles(folder),
      id: given.id,
      clock: systemClock,
      log: workspaceLog(folder),
      tell: (progress) => output.progress(progress),
      signal,
    }).finally(() => output.endProgress());
    output.result(report, () => [
      report.ok ? `✓ Backup ${report.id} is whole.` : `✗ Backup ${report.id} ${said(report)}.`,
      ...report.problems.map((problem) => `    ${problem}`),
    ]);
    if (report.ok) return;
    throw new Failed('NOT_VERIFIED', `Backup ${report.id} did not pass: ${report.problems[0] ?? ''}`, report);
  },
});

/** What kind of thing is wrong: what another version made is not damaged. */
const words: Readonly<Record<string, string>> = {
  newer: 'was made by a newer version of FRAMES, and was not checked',
  foreign: 'is none of FRAMES',
  unreadable: 'cannot be read',
};
const said = ({ reason }: BackupReport): string => words[reason ?? ''] ?? 'is damaged';
