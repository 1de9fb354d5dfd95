import { placeHolding } from '#core/versions/place.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { isCorruptionRecorded } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { ofAnother } from '#core/restore/records/restore.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { flag, list, needed, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { dryRun } from '../operation.ts';
import {
  changesText,
  differenceLines,
  problemLines,
  refusalOf,
  versionLines,
} from '../output/differences.ts';
import { UsageError } from '../output/errors.ts';
import { facts } from '../output/table.ts';
import { previewAndApply } from '../plan.ts';
import { confirm, yes } from '../prompts.ts';
import { amount, countsLine } from '../phrases.ts';
import { onWorkspace, pathOf, withClosed, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

const partial = ['with-links', 'sandbox'] as const;

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
  parameters: { id: needed('ID', 'Backup id (see "frames backup list")') },
  options: {
    ...onWorkspace,
    sandbox: text('ID', 'With --record: restore into this sandbox (id or name) instead of live'),
    into: text('DIR', 'Folder for the new workspace (must be missing or empty)'),
    another: flag('Allow a backup of another workspace'),
    record: list('RECORD', 'Restore only the record with this id'),
    'with-links': flag('Also restore the links that these records have in the backup'),
    ...dryRun,
    yes,
  },
  run(context, given) {
    if (given.record.length > 0) {
      if (given.into !== undefined) throw only('into', 'only for whole backups, not with --record');
      return restoreRecords(context, given);
    }
    for (const one of partial) if (given[one]) throw only(one, 'only for --record');
    return given.into === undefined ? restoreAll(context, given) : into(context, given, given.into);
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
    throw new UsageError(`${argument} cannot be used with --into.`, { argument });
  }
  const restored = await withClosed(context, given, 'backup restore', (parts) =>
    restoreInto({ ...parts, id: given.id, into: pathOf(context, folder) }),
  );
  context.output.result(restored, () => [
    `Created a workspace in ${restored.folder} from backup ${restored.id}: ${countsLine(restored.counts)}.`,
  ]);
}

/** Restores all records as one change; where the workspace cannot be opened, the file is replaced. */
async function restoreAll(context: Context, given: Given & { 'dry-run': boolean }): Promise<void> {
  const { id, another, workspace, actor } = given;
  const { signal } = context;
  try {
    await withWorkspace(context, { workspace, actor }, 'backup restore', ({ client }) =>
      previewAndApply(context, given, {
        run: (dry, seen) => client.backups.restore({ id, another, dry, seen: seen?.head }, { signal }),
        refusal: (preview) => (preview.another && !another ? ofAnother(id) : refusalOf(preview.problems)),
        lines: versionLines,
        question: (preview) => (preview.records.length > 0 ? `Restore backup ${id}?` : null),
      }),
    );
  } catch (error) {
    const why = whyReplaced(context, given, error);
    if (why === null) throw error;
    if (given['dry-run']) throw only('dry-run', 'only for a workspace that can be opened');
    await replace(context, given, why);
  }
}

async function replace(context: Context, given: Given, why: string): Promise<void> {
  const { id, another, workspace } = given;
  const { output } = context;
  output.note([why]);
  await confirm(context, given.yes, `Replace the workspace file with backup ${id}?`);
  const readFrom = await placeHolding(pathOf(context, workspace), id);
  const restored = await withClosed(context, given, 'backup restore', (parts) =>
    restoreInPlace({ ...parts, id, readFrom, another }),
  );
  output.result(restored, () => [
    `Restored backup ${restored.id}: ${countsLine(restored.counts)}.`,
    restored.displaced === null
      ? `Backup of the previous state: ${restored.safety}.`
      : `The previous file was moved to backups/${restored.displaced}.`,
    ...(restored.missing ? [`Missing changes: ${facts(restored.missing).join(', ')}`] : []),
  ]);
}

const corrupt = 'The workspace file is missing or corrupt. Its remains will be moved aside.';
const behind = 'The workspace file lacks changes. It will be backed up as it is.';
const noted = 'The workspace file is corrupt. What cannot be backed up will be moved aside.';
const reasons: Readonly<Record<string, string>> = {
  missing: corrupt,
  lost: corrupt,
  empty: corrupt,
  foreign: corrupt,
  damaged: corrupt,
  behind,
  another_line: behind,
};

/** Why the file is replaced, as a sentence: the workspace cannot be opened, or not written to. Null for any other error. */
function whyReplaced(context: Context, { workspace }: Given, error: unknown): string | null {
  const { code, data } = error as { code?: unknown; data?: { reason?: unknown; rule?: unknown } };
  const files = workspaceFiles(pathOf(context, workspace));
  if (data?.rule === 'damaged_read_only') return noted;
  if (code !== 'WORKSPACE' && code !== 'BACKUP') return null;
  const reason = String(data?.reason);
  const why = code === 'WORKSPACE' ? reasons[reason] : undefined;
  // It opens for reading only; the backup may lie in an earlier folder of backups.
  return (
    why ?? (['no_backups_place', 'missing'].includes(reason) && isCorruptionRecorded(files) ? noted : null)
  );
}

interface GivenRecords extends Given {
  record: readonly string[];
  'with-links': boolean;
  'dry-run': boolean;
}

async function restoreRecords(context: Context, given: GivenRecords): Promise<void> {
  const { id, another } = given;
  const input = { id, records: [...given.record], links: given['with-links'], another };
  const { signal } = context;
  await withWorkspace(context, { ...given, 'dry-run': false }, 'backup restore', ({ client }) =>
    previewAndApply(context, given, {
      run: (dry, seen) => client.backups.restoreRecords({ ...input, dry, seen: seen?.head }, { signal }),
      refusal: (preview) => (preview.another && !another ? ofAnother(id) : refusalOf(preview.problems)),
      lines: recordsLines,
      question: ({ records }) =>
        records.some(({ action }) => action !== 'none') ? `Restore these records from backup ${id}?` : null,
    }),
  );
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
  `${found.dry ? 'Would restore' : 'Restored'}: ${changesText(found)}.`,
  ...(found.links_left > 0
    ? [`Not restored: ${amount(found.links_left, 'link')}. Use --with-links to restore them too.`]
    : []),
  ...problemLines(found.problems),
];
