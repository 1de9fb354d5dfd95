import { exportBackup } from '#core/versions/export.ts';
import { addBackup } from '#core/versions/add.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitChanges } from '#core/model/permissions.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { actsHere } from '../acting.ts';
import { needed } from '../args/option.ts';
import { command } from '../command.ts';
import { pathOf, replace } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { passphraseFrom, passphraseOf } from '../passphrase.ts';
import { bytesOf, countsLine } from '../words.ts';
import { onLive } from '../workspace.ts';

export const backupExport = command({
  path: ['backup', 'export'],
  summary: 'Write a backup as one file, with all that it needs',
  details: [
    'The file is there whole or not at all; one of that name is replaced only with --replace. "frames backup take" takes it back, here or in ' +
      'another workspace. The workspace itself is not opened: it may be damaged or missing.',
  ],
  examples: [
    'frames backup export 20261120T083000000Z --to backup.frames --workspace W --json',
    'frames backup export 20261120T083000000Z --to backup.frames --passphrase stdin --workspace W < passphrase.txt',
  ],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: {
    ...onLive,
    to: needed('FILE', 'Where to write'),
    replace,
    passphrase: passphraseFrom('Encrypt it with the passphrase from stdin, or env: FRAMES_PASSPHRASE'),
  },
  async run(context, given) {
    const { output, signal } = context;
    const path = pathOf(context, given.to);
    await actsHere(context, given);
    const passphrase = await passphraseOf(context, given.passphrase);
    const written = await exportBackup({
      files: workspaceFiles(pathOf(context, given.workspace)),
      id: given.id,
      path,
      replace: given.replace,
      passphrase,
      log: workspaceLog(pathOf(context, given.workspace)),
      ids: createIds(systemClock, systemRandom),
      tell: (progress) => output.progress(progress),
      signal,
    }).finally(() => output.endProgress());
    output.result({ ...written, file: path }, () => [
      `Wrote backup ${written.id} to ${path} (${bytesOf(written.bytes)}).`,
    ]);
  },
});

export const backupTake = command({
  path: ['backup', 'take'],
  summary: 'Take a backup that was written as one file among those of a workspace',
  details: [
    'All of it is checked first, as when a backup is made; nothing is changed unless everything is right. It may be of another workspace or ' +
      'another machine. The workspace itself is not opened; "frames backup restore" makes one of what was taken. What is here already, and whole, is not ' +
      'taken a second time. For everybody but viewers.',
  ],
  examples: ['frames backup take backup.frames --workspace W --json'],
  parameters: { file: needed('FILE', 'What "frames backup export" wrote') },
  options: {
    ...onLive,
    passphrase: passphraseFrom('The passphrase of an encrypted file: from stdin, or env: FRAMES_PASSPHRASE'),
  },
  async run(context, given) {
    const { output, signal } = context;
    const folder = pathOf(context, given.workspace);
    const files = workspaceFiles(folder);
    const path = pathOf(context, given.file);
    await actsHere(context, given, (actor) => permitChanges(actor, { type: 'backup', id: '' }));
    const passphrase = await passphraseOf(context, given.passphrase, 1);
    const taken = await addBackup({
      files,
      path,
      passphrase,
      clock: systemClock,
      log: workspaceLog(folder),
      tell: (progress) => output.progress(progress),
      signal,
    }).finally(() => output.endProgress());
    output.result(taken, () => [
      taken.already
        ? `Backup ${taken.id} is here already, and whole: ${countsLine(taken.counts)}. Nothing was changed.`
        : `Took backup ${taken.id}: ${countsLine(taken.counts)}.`,
    ]);
  },
});
