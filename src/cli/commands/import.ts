import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { openFile } from '#files/open-file.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { refuseReplacing, writeAtomically } from '#core/kernel/files/atomic-file.ts';
import { refuseOwnFile } from '#core/kernel/files/own-files.ts';
import { runImport } from '#core/import/json/import.ts';
import { dryRun } from '#core/import/json/preview.ts';
import type { DryRun, ImportMap, PreviewRequest } from '#core/import/json/preview.ts';
import { exportFormatOf } from '#core/import/graph/tables.ts';
import { readTable } from '#core/import/table/read/read.ts';
import { readClosed } from '#core/open/read-closed.ts';
import type { ClosedWorkspace } from '#core/open/read-closed.ts';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { graphFields } from '#shared/contract/graph-fields.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { ImportOptions, ImportPlan, ImportResult, Problem } from '#shared/contract/transfer.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { pointsOf, shareUnits } from '#shared/domain/share-units.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import { importFormats, isTableName } from '#shared/domain/formats.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, list, requiredText, oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { dryRun as dryRunOption } from '../operation.ts';
import { printDryRun } from '../output/differences.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { withReadableFile } from '../piped-file.ts';
import { anyLength, passphraseOption, readPassphrase } from '../prompts.ts';
import { countPhrase, countsLine, labelOf, typeNoun } from '../format.ts';
import {
  resolveActor,
  isWorkspaceMissing,
  workspaceOptions,
  resolvePath,
  targetOf,
  withProgress,
  withWorkspace,
} from '../workspace.ts';
import { systemServices } from '#core/kernel/system.ts';
import type { TargetArguments } from '../workspace.ts';
import { attributesFor } from './graph-attributes.ts';
import { nodeTypesFor, universityNamesFor } from './node-types.ts';
import { tableOptions, importTable, importCountsLine, problemLines } from './import-table.ts';

const defaultMapName = 'migration_map.json';

export const importCommand = command({
  path: ['import'],
  summary: 'Import a FRAMES file, a table or a graph',
  details: [
    'Creates the workspace if it doesn’t exist. If the import fails, nothing is imported; "frames undo" undoes it as one change. ' +
      'Problems are listed with their place in the file and what FRAMES does about them.',
    'Tables (.csv, .tsv, .xlsx) have one record per row. FRAMES guesses the columns from their headings; override this with --type ' +
      'and --column. To correct single values, edit the file or import it in the window.',
    'Graphs: GEXF, GraphML, GML, Pajek, and JSON of Cytoscape, Graphology, Kumu, JSON Graph Format or node-link; csv-nodes and ' +
      'csv-edges with --format. Nodes become records, edges become links. The attribute "type" or "group" sets the type of a node; ' +
      'use --node-type for the others, and --column to map attributes, such as weight=energy_loss.',
    'Makes a backup first if the workspace has records, unless --no-backup is given.',
    'A dry run only writes the map: counts, what would happen to each id, all problems, and the reason if the import would fail.',
  ],
  examples: [
    'frames import frames_data.json --workspace W --dry-run --map map.json',
    'curl -s https://example.org/teams.csv | frames import - --workspace W',
  ],
  parameters: { file: requiredText('FILE', 'The file to import, or - for standard input') },
  options: {
    ...workspaceOptions,
    ...tableOptions,
    ...dryRunOption,
    map: text('OUT', `Where to write the map (dry runs default to ${defaultMapName})`),
    backup: flag('Make a backup first, even of an empty workspace'),
    'no-backup': flag('Skip the backup'),
    force: flag(
      'Import into a workspace that has records: updates records with the same id, deletes nothing',
    ),
    'duration-unit': oneOf('UNIT', 'Unit of durations, if the file does not name it', [
      'guess',
      'years',
      'months',
    ]),
    'loss-unit': oneOf('UNIT', 'Unit of link losses (guessed as fractions if none is above 1)', [
      'guess',
      ...shareUnits,
    ]),
    format: oneOf('FORMAT', 'File format (default: detected)', importFormats),
    'node-type': list(
      'TYPE',
      'Type of graph nodes without one (default: as their names tell, else team); VALUE=TYPE sets it for nodes with this type, group or name, VALUE=ignore leaves them out',
    ),
    university: list(
      'NAME',
      'University of the rows of a table without one (created if missing). Graphs: NAME=FULL NAME says which university a name in attributes means, NAME=new keeps it as a new one',
    ),
    universities: oneOf(
      'WHAT',
      'Universities in a frames-json file with an existing name: same record (default) or new',
      ['same', 'new'],
    ),
    passphrase: passphraseOption(
      'Passphrase of an encrypted file, from stdin or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, { file, passphrase: passphraseSource, ...choices }) {
    if (file === '-' && passphraseSource === 'stdin')
      throw new UsageError('Standard input cannot be both file and passphrase. Use --passphrase env.', {
        argument: '--passphrase',
      });
    const passphrase = await readPassphrase(context, passphraseSource, anyLength);
    const importFromPath = async (file: string): Promise<void> => {
      const args = { ...choices, file };
      const backup = backupChoice(args.backup, args['no-backup']);
      if (args.backup && args.sandbox !== undefined)
        context.output.note('Sandboxes are not backed up. Undo the import with "frames undo".');
      const path = resolvePath(context, args.file);
      const format = args.format ?? (await formatFor(path, args));
      if (format === null) return importTable(context, { ...args, backup });
      const request = {
        path,
        options: {
          duration_unit: args['duration-unit'] ?? 'guess',
          loss_unit: args['loss-unit'] ?? 'guess',
          universities: args.universities ?? 'same',
          format,
          ...(args.encoding && { encoding: args.encoding }),
          ...nodeTypesFor(args['node-type']),
          university_names: universityNamesFor(args.university),
          attributes: attributesFor(args.column),
          matching: matchingFor(args.matching),
        },
      };
      const mapName = args['dry-run'] ? (args.map ?? defaultMapName) : args.map;
      const map = mapName === undefined ? undefined : resolvePath(context, mapName);
      if (map !== undefined) await checkMapPath(map, request.path, resolvePath(context, args.workspace));
      try {
        if (args['dry-run'] && map !== undefined)
          await previewFile(context, { ...args, backup }, request, map);
        else await importFile(context, { ...args, backup }, request, map);
      } catch (error) {
        const isRecordList = isFault(error) && error.code === 'BAD_FILE' && reasonOf(error) === 'record_list';
        if (!isRecordList || args.format !== undefined) throw error;
        await importTable(context, { ...args, backup });
      }
    };
    const path = file === '-' ? file : resolvePath(context, file);
    await withReadableFile(context, { file: path, passphrase }, importFromPath);
  },
});

/** Detects the format by file name. A table exported by FRAMES counts as a whole export, unless options describe its rows. Null for any other table. */
async function formatFor(
  path: string,
  args: {
    type: unknown;
    column: readonly string[];
    sheet: readonly string[];
    encoding: TextEncoding | undefined;
  },
): Promise<ImportOptions['format'] | null> {
  if (!isTableName(path)) return 'guess';
  if (args.type !== undefined || args.column.length > 0 || args.sheet.length > 0) return null;
  const layout = { sheet: null, header: null, encoding: args.encoding };
  return exportFormatOf(await readTable({ input: { path }, layout }, systemServices()));
}

/** Parses `--matching` for graphs. Throws UsageError. */
function matchingFor(matching: 'update' | 'skip' | 'create' | undefined): ImportOptions['matching'] {
  if (matching !== 'skip') return matching ?? 'ask';
  throw new UsageError('Graph nodes cannot be skipped. Use --matching update or --matching create.', {
    argument: '--matching',
  });
}

/** Whether to make a backup first; undefined: only if there are records. Throws UsageError. */
function backupChoice(backup: boolean, noBackup: boolean): boolean | undefined {
  if (backup && noBackup)
    throw new UsageError('Use either --backup or --no-backup, not both.', { argument: '--no-backup' });
  return noBackup ? false : backup || undefined;
}

interface ImportArguments extends TargetArguments {
  force: boolean;
  backup: boolean | undefined;
}

async function previewFile(
  context: Context,
  args: ImportArguments,
  request: PreviewRequest,
  map: string,
): Promise<void> {
  const preview = await computePreview(context, args, request);
  const { plan, fault: refusal } = preview;
  await writeMap(map, preview.map());
  printDryRun(context.output, { mode: 'dry-run', map, ...plan }, refusal, () => planLines(plan, map));
}

function computePreview(context: Context, args: ImportArguments, request: PreviewRequest): Promise<DryRun> {
  const folder = resolvePath(context, args.workspace);
  const isMissing = isWorkspaceMissing(context, args);
  const actor = resolveActor(context, args, isMissing);
  const previewIn = (workspace: ClosedWorkspace | { folder: string }): Promise<DryRun> =>
    withProgress(context, (pace) =>
      dryRun(workspace, { ...request, actor, force: args.force }, systemServices().ids, pace),
    );
  return isMissing ? previewIn({ folder }) : readClosed(folder, previewIn, targetOf(context, args));
}

async function importFile(
  context: Context,
  args: ImportArguments,
  request: PreviewRequest,
  map: string | undefined,
): Promise<void> {
  const { force, backup } = args;
  // A refused file must not leave a new, empty workspace behind.
  const refusal = isWorkspaceMissing(context, args)
    ? (await computePreview(context, args, request)).fault
    : null;
  if (refusal) throw refusal;
  const { importRun, counts } = await withWorkspace(
    context,
    { ...args, 'dry-run': false },
    `import of ${basename(request.path)}`,
    async ({ core, session, client }) => ({
      importRun: await withProgress(context, (pace) =>
        runImport(core.services, session, { ...request, force, backup }, pace),
      ),
      counts: await client.entities.counts({}),
    }),
    { canCreate: true },
  );
  if (map !== undefined) await writeMap(map, importRun.map(), 'The file was imported');
  const { result } = importRun;
  context.output.result({ mode: 'import', ...result, counts, map: map ?? null }, () =>
    importedLines(result, importRun.problems, map),
  );
}

const resolveSymlinks = (path: string): Promise<string> => realpath(path).catch(() => path);

const mapPrefix = '{\n  "source_file": ';

/** Refuses a map path that would overwrite the source, a workspace file, or any file except a map. Throws UsageError, BAD_FILE. */
async function checkMapPath(map: string, source: string, workspace: string): Promise<void> {
  if ((await resolveSymlinks(map)) === (await resolveSymlinks(source))) {
    throw new UsageError('--map is the file to import. Choose another file for the map.', {
      argument: '--map',
      given: map,
    });
  }
  const folder = await realpath(workspace).catch(() => null);
  if (folder !== null) await refuseOwnFile(map, workspaceFiles(folder));
  const target = await resolveSymlinks(map);
  await refuseReplacing(target, basename(map), { replace: true });
  const prefix = await readPrefix(target);
  if (prefix === null || prefix === mapPrefix) return;
  const message = `${basename(map)} already exists and is not an import map. Choose another file with --map. Nothing was changed.`;
  throw new UsageError(message, { argument: '--map', given: map });
}

/** Reads the first bytes of a file, as many as `mapPrefix` has; null if the file is missing or unreadable. */
async function readPrefix(path: string): Promise<string | null> {
  const handle = await openFile(path).catch(() => null);
  if (!handle) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mapPrefix.length), 0, mapPrefix.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    // The path is a folder: writing reports this.
    return null;
  } finally {
    await handle.close();
  }
}

/** Writes a map atomically. `summary` describes the finished import, in case writing fails. Throws BAD_FILE or CommandFailure. */
async function writeMap(path: string, map: ImportMap, summary?: string): Promise<void> {
  const uniqueId = systemServices().ids.uuid();
  try {
    await writeAtomically(path, uniqueId, [`${JSON.stringify(map, null, 2)}\n`], { replace: true });
  } catch (error) {
    if (summary === undefined || !isFault(error)) throw error;
    throw new CommandFailure(
      'MAP_NOT_WRITTEN',
      `${summary}, but its map could not be written: ${error.message}`,
      error.data,
    );
  }
}

/** "fractions (multiplied by 100)", "points of 5" */
function shareUnitText(unit: ShareUnit): string {
  const points = pointsOf(unit);
  if (points !== null) return `points of ${points}`;
  return unit === 'fraction' ? 'fractions (multiplied by 100)' : unit;
}

function planLines(plan: ImportPlan, map: string): string[] {
  const changes = [
    ['new', plan.creates],
    ['changed', plan.updates],
    ['restored', plan.restores],
    ['unchanged', plan.unchanged],
  ] as const;
  const units = [
    ...(plan.duration_unit ? [`  Durations are read as ${plan.duration_unit}.`] : []),
    ...(plan.loss_unit ? [`  Losses are read as ${shareUnitText(plan.loss_unit)}.`] : []),
  ];
  return [
    `${plan.source}: ${countsLine(plan.counts)}.`,
    ...graphLines(plan.graph),
    ...changes
      .filter(([, counts]) => sumOf(counts) > 0)
      .map(([word, counts]) => `  ${word}: ${countsLine(counts)}`),
    ...units,
    ...mapProblemLines(plan.problems, plan.report),
    `Nothing was changed. Map written to ${map}.`,
  ];
}

function graphLines(graph: ImportPlan['graph']): string[] {
  if (!graph) return [];
  const { nodes, edges, untyped, matched, types, universities, attributes } = graph;
  const unknownTypes = types
    .filter(({ attribute, type }) => attribute !== null && type !== 'ignore')
    .map(({ value, count }) => `${JSON.stringify(value)} (${count.toLocaleString('en-US')})`)
    .join(', ');
  const customAttributes = attributes.filter(
    ({ of, name, becomes }) => becomes === name && !graphFields(of).has(name),
  );
  const customNames = [...new Set(customAttributes.map(({ name }) => name))].join(', ');
  return [
    `  Graph: ${countPhrase(nodes, 'node')}, ${countPhrase(edges, 'edge')}.`,
    ...(untyped > 0
      ? [`  Without a known type: ${countPhrase(untyped, 'node')}. Set it with --node-type.`]
      : []),
    ...(unknownTypes === ''
      ? []
      : [
          `  Unknown node types: ${unknownTypes}. Map them with --node-type VALUE=TYPE, or leave them out with VALUE=ignore.`,
        ]),
    ...universities.map(
      ({ name, similar }) =>
        `  University "${name}" is like "${similar.join('", "')}". Set it with --university.`,
    ),
    ...(matched > 0
      ? [
          `  With the name of an existing record: ${countPhrase(matched, 'node')}. Use --matching update or create.`,
        ]
      : []),
    ...(customNames === '' ? [] : [`  Kept as custom fields: ${customNames}. Change this with --column.`]),
  ];
}

/** `link "Optics → Radio", field "Knowledge lost"`. */
function graphRecordText({ type, name, number, field }: NonNullable<Problem['record']>): string {
  const record = `${typeNoun(type)} ${name === null ? number : JSON.stringify(name)}`;
  return field === null ? record : `${record}, field ${JSON.stringify(labelOf(field))}`;
}

const mapProblemLines = (problems: readonly Problem[], report: ImportReport): string[] =>
  problemLines(
    report,
    { total: sumOf(report.problems), problems, elsewhere: ', in the map' },
    ({ path, record, code, action, value, becomes }) => {
      const parts = [labelOf(code).toLowerCase(), value, becomes && `→ ${becomes}`];
      return `${record ? graphRecordText(record) : path} (${action.replace('_', ' ')}): ${parts.filter(Boolean).join(' ')}`;
    },
  );

function importedLines(
  result: ImportResult,
  problems: readonly Problem[],
  map: string | undefined,
): string[] {
  return [
    importCountsLine(result),
    ...(result.report.complete ? [] : mapProblemLines(problems, result.report)),
    ...(result.backup === null ? [] : [`Backup made first: backups/${result.backup}.`]),
    ...(map === undefined ? [] : [`Map written to ${map}.`]),
  ];
}
