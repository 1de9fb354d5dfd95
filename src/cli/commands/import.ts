import { basename } from 'node:path';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { dryRun, dryRunNew } from '#core/import/json/preview.ts';
import type { DryRun, PreviewRequest } from '#core/import/json/preview.ts';
import { runImport } from '#core/import/json/import.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Looking } from '#core/workspace/read-only.ts';
import { flag, needed, oneOf, text } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { dryResult } from '../dry.ts';
import { follow } from '../follow.ts';
import { checkMapPath, writeMap } from '../import-map.ts';
import { importedLines, planLines } from '../output/import.ts';
import { forTables, importTable, isTable } from './import-table.ts';
import { actorFor, folderIsMissing, onWorkspace, targetOf, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

const defaultMap = 'migration_map.json';

export const importCommand = command({
  path: ['import'],
  summary: 'Bring a frames-json or .frames file, or a table, into a workspace',
  details: [
    'The workspace is made when it is missing. All of the file comes in or nothing, as one change that "frames undo" takes back. ' +
      'What is odd in the file is told with its JSON path and what is done about it; what is wrong with the file as a whole is refused.',
    'A table (.csv, .tsv, .xlsx) has one record in each row. What its columns mean is guessed by their headings; --type and --column say otherwise. ' +
      'Whoever wants to mend single values does it in the window, or in the file.',
    'A backup of the workspace is made first where it has records (--no-backup to do without).',
    'A dry run writes nothing but the map: counts, every id with what became of it, every problem. It says too what an import with the same options would be refused with.',
  ],
  examples: [
    'frames import frames_data.json --workspace W --dry-run --map map.json',
    'frames import frames_data.json --workspace W --force --backup',
    'frames import teams.csv --workspace W --type team --column "Major=discipline" --matching update',
  ],
  parameters: { file: needed('FILE', 'The file to import') },
  options: {
    ...onWorkspace,
    ...forTables,
    'dry-run': flag('Only say what would happen'),
    map: text('OUT', `Where to write the map; a dry run writes ${defaultMap} unless told`),
    backup: flag('Put the file into the backup that is made first, and make one of an empty workspace too'),
    'no-backup': flag('Make no backup first'),
    force: flag(
      'Import into a workspace that has records: what has the same id is changed, nothing is deleted',
    ),
    'duration-unit': oneOf(
      'UNIT',
      'What durations are in, where the file does not say',
      ['guess', 'years', 'months'],
      'guess',
    ),
    'loss-unit': oneOf(
      'UNIT',
      'What losses of links are in; guessed: fractions when none is above 1',
      ['guess', 'percent', 'fraction'],
      'guess',
    ),
    universities: oneOf(
      'WHAT',
      'Whether a university of a frames-json file that has the name of one here is the same or new',
      ['same', 'new'],
      'same',
    ),
  },
  async run(context, given) {
    const backup = backupOf(given.backup, given['no-backup']);
    if (given.backup && given.sandbox !== undefined)
      context.output.note('No backup is made of a sandbox: "frames undo" takes the import back.');
    if (isTable(given.file)) return importTable(context, { ...given, backup });
    const request = {
      path: pathOf(context, given.file),
      options: {
        duration_unit: given['duration-unit'],
        loss_unit: given['loss-unit'],
        universities: given.universities,
      },
      signal: context.signal,
    };
    const mapGiven = given['dry-run'] ? (given.map ?? defaultMap) : given.map;
    const map = mapGiven === undefined ? undefined : pathOf(context, mapGiven);
    if (map !== undefined) await checkMapPath(map, request.path, pathOf(context, given.workspace));
    if (given['dry-run'] && map !== undefined) await tryOut(context, { ...given, backup }, request, map);
    else await realRun(context, { ...given, backup }, request, map);
  },
});

/** Undefined where nothing is said: a backup is made where there are records. Throws UsageError. */
function backupOf(backup: boolean, none: boolean): boolean | undefined {
  if (backup && none)
    throw new UsageError('--backup and --no-backup contradict each other.', { argument: '--no-backup' });
  return none ? false : backup || undefined;
}

interface Wanted extends Chosen {
  force: boolean;
  backup: boolean | undefined;
}

async function tryOut(context: Context, wanted: Wanted, request: PreviewRequest, map: string): Promise<void> {
  const preview = await dryRunOf(context, wanted, request);
  const { plan, refusedWith } = preview;
  await writeMap(map, preview.map());
  dryResult(context.output, { mode: 'dry-run', map, ...plan }, refusedWith, () => planLines(plan, map));
}

/** A dry run makes no workspace, brings none forward to a newer schema, and leaves its folder as it is. */
function dryRunOf(context: Context, wanted: Wanted, request: PreviewRequest): Promise<DryRun> {
  const folder = pathOf(context, wanted.workspace);
  const missing = folderIsMissing(context, wanted);
  const actor = actorFor(context, wanted, missing);
  const parts = { clock: systemClock, ids: createIds(systemClock, systemRandom) };
  if (missing) return follow(dryRunNew(folder, request, parts), context.output);
  const look = (workspace: Looking): Promise<DryRun> =>
    follow(dryRun(workspace, { ...request, actor, force: wanted.force }, parts), context.output);
  return lookAt(folder, look, targetOf(context, wanted));
}

async function realRun(
  context: Context,
  wanted: Wanted,
  request: PreviewRequest,
  map: string | undefined,
): Promise<void> {
  const { force, backup } = wanted;
  // A file that is refused must not leave a new, empty workspace behind.
  if (folderIsMissing(context, wanted)) await dryRunOf(context, wanted, request);
  const { imported, counts } = await withWorkspace(
    context,
    wanted,
    `import of ${basename(request.path)}`,
    async ({ core, session, client }) => ({
      imported: await follow(
        runImport(core.services, session, { ...request, force, backup }),
        context.output,
      ),
      counts: await client.entities.counts({}),
    }),
    true,
  );
  if (map !== undefined) await writeMap(map, imported.map(), 'The import was made');
  const { result } = imported;
  context.output.result({ mode: 'import', ...result, counts, map: map ?? null }, () =>
    importedLines(result, imported.map().problems, map),
  );
}
