import { placeHolding } from '#core/versions/place.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import type { RestoredInto } from '#core/versions/restore-into.ts';
import { damageIsNoted } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { permitRestore } from '#core/model/permissions.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { actorOf, actingProfile } from '#core/log/session.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { RestorePreview } from '#shared/contract/backups.ts';
import { flag, list, needed, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';
import { whyClosed } from '../opens.ts';
import { Failed } from '../output/errors.ts';
import { previewLines, restoredLines } from '../output/restore.ts';
import { countsLine } from '../words.ts';
import { restoreChosen } from './backup-records.ts';
import { actorFor, onWorkspace, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

export const backupRestore = command({
  path: ['backup', 'restore'],
  summary: 'Put a backup in the place of the records, restore single ones, or make a workspace of it',
  details: [
    'The backup is checked as a whole first, and a backup is made of what it takes the place of; nothing is changed unless everything is ' +
      'right. Nobody may have the workspace open. It asks first, and is for admins; the audit says what was done. Sandboxes stay as they are. ' +
      'What is damaged, so that no backup can be made of it, is moved aside as it is. Where the workspace cannot be opened, and the place of ' +
      'backups is not there, a backup is found where they lay before, and what was there is backed up in the workspace.',
    'Exit 1 also where what was restored cannot be opened, and why.',
    'With --into a folder of its own becomes a workspace, and the one that was backed up stays as it is.',
    'With --record, which may be given several times, only these records are made what they are in the backup, with what they refer to ' +
      'and is gone, as one change that "frames undo" takes back; others may have the workspace open, and whoever may change a record may do it. With --sandbox they are restored there, and live ' +
      'stays as it is; "frames sandbox create NAME --from backup:ID" makes a whole sandbox of a backup.',
  ],
  examples: [
    'frames backup restore 20261120T083000000Z --workspace W --yes',
    'frames backup restore 20261120T083000000Z --workspace W --into W2 --json',
    'frames backup restore 20261120T083000000Z --workspace W --record team_1 --with-links --dry',
  ],
  parameters: { id: needed('ID', 'Its id, as `frames backup list` has it') },
  options: {
    ...onWorkspace,
    sandbox: text('ID', 'With --record: restore them in this sandbox (id or name) instead of live'),
    into: text('DIR', 'Folder that becomes a workspace: missing, or empty'),
    another: flag(
      'The backup may be of another workspace, which takes the place of this one, or from which --record restores',
    ),
    record: list('RECORD', 'Only the record of this id, as one change'),
    'with-contents': flag('Bring back too what went with a university when it was deleted'),
    'with-links': flag('Bring back too the links of these records, where both ends are there'),
    'with-references': flag('Set again the fields that named these records and are empty now'),
    dry: flag('Only say what would become of these records'),
    yes,
  },
  run(context, given) {
    if (given.record.length === 0) {
      for (const one of ['with-contents', 'with-links', 'with-references', 'dry', 'sandbox'] as const)
        if (given[one]) throw only(one, 'for --record');
      return given.into === undefined ? inPlace(context, given) : into(context, given, given.into);
    }
    if (given.into !== undefined) throw only('into', 'for whole backups; --record restores single records');
    return restoreChosen(context, given);
  },
});

const only = (name: string, what: string): UsageError =>
  new UsageError(`--${name} is ${what}.`, { argument: `--${name}` });

interface Given extends Chosen {
  id: string;
  another: boolean;
  yes: boolean;
}

const parts = (context: Context, { workspace, id }: Given) => {
  const folder = pathOf(context, workspace);
  return {
    files: workspaceFiles(folder),
    id,
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    log: workspaceLog(folder),
    tell: context.output.progress.bind(context.output),
    signal: context.signal,
  };
};

async function into(context: Context, given: Given, folder: string): Promise<void> {
  if (given.another || given.yes) {
    const argument = given.another ? '--another' : '--yes';
    throw new UsageError(`${argument} is for restoring in place; --into replaces nothing.`, { argument });
  }
  const wanted = { ...parts(context, given), into: pathOf(context, folder) };
  const restored = await restoreInto(wanted).finally(() => context.output.endProgress());
  context.output.result(restored, () => [sentenceOf(restored)]);
}

const sentenceOf = ({ id, folder, counts }: RestoredInto): string =>
  `Backup ${id} is a workspace of its own in ${folder} now: ${countsLine(counts)}.`;

async function inPlace(context: Context, given: Given): Promise<void> {
  const { id, another, output } = { ...given, output: context.output };
  const preview = await previewOf(context, given);
  if (!willBeRefused(preview, another)) {
    output.note(typeof preview === 'string' ? preview : previewLines(preview));
    await confirm(context, given.yes, `Put backup ${id} in the place of the records?`);
  }
  const wanted = parts(context, given);
  // What is recovered needs no place of today.
  const readFrom = typeof preview === 'string' ? await placeHolding(wanted.files.folder, id) : undefined;
  const restored = await restoreInPlace({
    ...wanted,
    readFrom,
    actor: actorFor(context, given, false),
    another,
    random: systemRandom,
    holder: { kind: 'command', label: 'frames backup restore' },
  }).finally(() => output.endProgress());
  const problem = await whyClosed(context, given.workspace, 'backup restore');
  output.result({ ...restored, problem }, () => [
    ...restoredLines(restored),
    ...(problem === null ? [] : [`It cannot be opened: ${problem}`]),
  ]);
  if (problem === null) return;
  throw new Failed('NOT_OPENED', `Backup ${id} was restored, and cannot be opened: ${problem}`, { problem });
}

const lost = 'The file of this workspace is missing or damaged: what is left of it is moved aside.';
const behind = 'Changes are missing in the file of this workspace already: it is backed up as it is.';
const damaged = 'Damage was met in the file of this workspace: what no backup can be made of is moved aside.';
const reasons: Readonly<Record<string, string>> = {
  missing: lost,
  lost,
  empty: lost,
  foreign: lost,
  damaged: lost,
  behind,
  another_line: behind,
};

/** A sentence where the workspace cannot be opened any more. Throws what keeps somebody from restoring. */
async function previewOf(context: Context, given: Given): Promise<RestorePreview | string> {
  const { id, workspace, actor } = given;
  const { files } = parts(context, given);
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
    // It opens for who only reads; the backup may lie where backups lay before.
    if (['no_backups_place', 'missing'].includes(reason) && damageIsNoted(files)) return damaged;
    throw error;
  }
}

/** Nobody is asked about what is not done anyway: restoring says why. */
const willBeRefused = (preview: RestorePreview | string, another: boolean): boolean =>
  typeof preview !== 'string' && (preview.schema === 'newer' || (preview.line === 'another' && !another));
