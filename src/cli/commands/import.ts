import { open, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { refuseInstead, writeAtomically } from '#core/kernel/files/atomic-file.ts';
import { refuseOwnFile } from '#core/kernel/files/own-files.ts';
import { runImport } from '#core/import/json/import.ts';
import { dryRun } from '#core/import/json/preview.ts';
import type { DryRun, ImportMap, PreviewRequest } from '#core/import/json/preview.ts';
import { exportedAs } from '#core/import/graph/tables.ts';
import { readTable } from '#core/import/table/read.ts';
import { completed } from '#core/kernel/progress.ts';
import { lookAt } from '#core/workspace/read-only.ts';
import type { Looking } from '#core/workspace/read-only.ts';
import { isFault } from '#shared/contract/faults.ts';
import { nodeType } from '#shared/contract/network.ts';
import { graphFields } from '#shared/contract/graph-fields.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import { defaultOptions } from '#shared/contract/transfer.ts';
import type { ImportOptions, ImportPlan, ImportResult, Problem } from '#shared/contract/transfer.ts';
import { exportFormats } from '#shared/domain/formats.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { flag, needed, oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { dryRun as dryRunOption } from '../operation.ts';
import { dryResult } from '../output/differences.ts';
import { Failed, UsageError } from '../output/errors.ts';
import { amount, countsLine, labelOf } from '../words.ts';
import {
  actorFor,
  folderIsMissing,
  follow,
  onWorkspace,
  pathOf,
  system,
  targetOf,
  withWorkspace,
} from '../workspace.ts';
import type { Chosen } from '../workspace.ts';
import { forTables, importTable, isTable, reportLines, writtenLine } from './import-table.ts';

const defaultMap = 'migration_map.json';

export const importCommand = command({
  path: ['import'],
  summary: 'Import a file of FRAMES, a table or a graph into a workspace',
  details: [
    'The workspace is made when it is missing. All of the file is imported or nothing, as one change that "frames undo" undoes. ' +
      'Problems are listed with their JSON path and what is done about them; a file that is wrong as a whole is refused.',
    'A table (.csv, .tsv, .xlsx) has one record in each row. What its columns mean is guessed by their headings; --type and --column override that. ' +
      'Correct single values in the window, or in the file.',
    'A graph (GEXF, GraphML, Cytoscape or node-link JSON; with --format also csv-nodes and csv-edges) has nodes that are records and edges that are ' +
      'interfaces. A node says what it is in its attribute type; --node-type says it for the others, and --column what an attribute becomes, as in weight=energy_loss. What FRAMES exported comes back as it was.',
    'A backup of the workspace is made first where it has records (unless --no-backup is given).',
    'A dry run writes nothing but the map: counts, every id with what would become of it, every problem, and what the import would be refused with.',
  ],
  examples: ['frames import frames_data.json --workspace W --dry-run --map map.json'],
  parameters: { file: needed('FILE', 'The file to import') },
  options: {
    ...onWorkspace,
    ...forTables,
    ...dryRunOption,
    map: text('OUT', `Where to write the map; default of a dry run ${defaultMap}`),
    backup: flag('Make a backup first, of an empty workspace too'),
    'no-backup': flag('Make no backup first'),
    force: flag(
      'Import into a workspace that has records: what has the same id is changed, nothing is deleted',
    ),
    'duration-unit': oneOf('UNIT', 'What durations are in, where the file does not say', [
      'guess',
      'years',
      'months',
    ]),
    'loss-unit': oneOf('UNIT', 'What losses of links are in; guessed: fractions when none is above 1', [
      'guess',
      'percent',
      'fraction',
    ]),
    format: oneOf('FORMAT', 'What the file is; unless told, what it looks like', exportFormats),
    'node-type': oneOf(
      'TYPE',
      'What nodes of a graph are that do not say it (default team)',
      nodeType.options,
    ),
    universities: oneOf(
      'WHAT',
      'Whether a university of a frames-json file that has the name of one here is the same (default) or new',
      ['same', 'new'],
    ),
  },
  async run(context, given) {
    const backup = backupOf(given.backup, given['no-backup']);
    if (given.backup && given.sandbox !== undefined)
      context.output.note('No backup is made of a sandbox: "frames undo" undoes the import.');
    const path = pathOf(context, given.file);
    const format = given.format ?? (await formatFor(path, given));
    if (format === null) return importTable(context, { ...given, backup });
    const request = {
      path,
      options: {
        duration_unit: given['duration-unit'] ?? 'guess',
        loss_unit: given['loss-unit'] ?? 'guess',
        universities: given.universities ?? 'same',
        format,
        node_type: given['node-type'] ?? defaultOptions.node_type,
        attributes: attributesFor(given.column),
      },
      signal: context.signal,
    };
    const mapGiven = given['dry-run'] ? (given.map ?? defaultMap) : given.map;
    const map = mapGiven === undefined ? undefined : pathOf(context, mapGiven);
    if (map !== undefined) await checkMapPath(map, request.path, pathOf(context, given.workspace));
    if (given['dry-run'] && map !== undefined) await previewFile(context, { ...given, backup }, request, map);
    else await importFile(context, { ...given, backup }, request, map);
  },
});

/** What a file is by its name; a table that FRAMES exported as a whole is read so, unless it is said how to read its rows. Null for any other table. */
async function formatFor(
  path: string,
  given: { type: unknown; column: readonly string[]; sheet: readonly string[] },
): Promise<ImportOptions['format'] | null> {
  if (!isTable(path)) return 'guess';
  if (given.type !== undefined || given.column.length > 0 || given.sheet.length > 0) return null;
  const layout = { sheet: null, header: null };
  return exportedAs(await completed(readTable({ input: { path }, layout, clock: system().clock })));
}

/** What attributes of a graph become, as --column says it for columns of a table. Throws UsageError. */
function attributesFor(columns: readonly string[]): ImportOptions['attributes'] {
  return columns.flatMap((given) => {
    const at = given.lastIndexOf('=');
    const [name, word] = [given.slice(0, Math.max(at, 0)), given.slice(at + 1).trim()];
    const places = (['nodes', 'edges'] as const).filter(
      (of) => word === 'own' || word === 'ignore' || graphFields(of).has(word),
    );
    if (name === '' || places.length === 0) {
      const message = `An attribute becomes a field of FRAMES, own or ignore, as in weight=energy_loss; "${given}" says none of them.`;
      throw new UsageError(message, { argument: '--column', given });
    }
    const becomes = word === 'ignore' ? null : word === 'own' ? name : word;
    return places.map((of) => ({ of, name, becomes }));
  });
}

/** Undefined by default: a backup is made where there are records. Throws UsageError. */
function backupOf(backup: boolean, none: boolean): boolean | undefined {
  if (backup && none)
    throw new UsageError('--backup and --no-backup contradict each other.', { argument: '--no-backup' });
  return none ? false : backup || undefined;
}

interface Given extends Chosen {
  force: boolean;
  backup: boolean | undefined;
}

async function previewFile(
  context: Context,
  given: Given,
  request: PreviewRequest,
  map: string,
): Promise<void> {
  const preview = await dryRunOf(context, given, request);
  const { plan, refusedWith } = preview;
  await writeMap(map, preview.map());
  dryResult(context.output, { mode: 'dry-run', map, ...plan }, refusedWith, () => planLines(plan, map));
}

function dryRunOf(context: Context, given: Given, request: PreviewRequest): Promise<DryRun> {
  const folder = pathOf(context, given.workspace);
  const missing = folderIsMissing(context, given);
  const actor = actorFor(context, given, missing);
  const parts = system();
  if (missing) return follow(dryRun({ folder }, request, parts), context.output);
  const look = (workspace: Looking): Promise<DryRun> =>
    follow(dryRun(workspace, { ...request, actor, force: given.force }, parts), context.output);
  return lookAt(folder, look, targetOf(context, given));
}

async function importFile(
  context: Context,
  given: Given,
  request: PreviewRequest,
  map: string | undefined,
): Promise<void> {
  const { force, backup } = given;
  // A file that is refused must not leave a new, empty workspace behind.
  if (folderIsMissing(context, given)) await dryRunOf(context, given, request);
  const { imported, counts } = await withWorkspace(
    context,
    { ...given, 'dry-run': false },
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

const real = (path: string): Promise<string> => realpath(path).catch(() => path);

const beginning = '{\n  "source_file": ';

/**
 * Refuses a map that would replace the file to be imported, a file of a workspace, or any other that is no map of an earlier import. Throws
 * UsageError, BAD_FILE.
 */
async function checkMapPath(map: string, source: string, workspace: string): Promise<void> {
  if ((await real(map)) === (await real(source))) {
    throw new UsageError('--map names the file to be imported, which would be replaced by its map.', {
      argument: '--map',
      given: map,
    });
  }
  const folder = await realpath(workspace).catch(() => null);
  if (folder !== null) await refuseOwnFile(map, workspaceFiles(folder));
  const target = await real(map);
  await refuseInstead(target, basename(map), { replace: true });
  const start = await startOf(target);
  if (start === null || start === beginning) return;
  const message = `${basename(map)} is there already and is no map of an import: name another file (--map). Nothing was changed.`;
  throw new UsageError(message, { argument: '--map', given: map });
}

/** What a file begins with, as much as a map would; null where there is none that can be read. */
async function startOf(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(beginning.length), 0, beginning.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    // A folder: writing says so.
    return null;
  } finally {
    await handle.close();
  }
}

/** Writes a map, whole or not at all. `done` says what was done although the map could not be written. Throws BAD_FILE or Failed. */
async function writeMap(path: string, map: ImportMap, done?: string): Promise<void> {
  const unique = system().ids.uuid();
  try {
    for await (const _ of writeAtomically(path, unique, [`${JSON.stringify(map, null, 2)}\n`], {
      replace: true,
    }));
  } catch (error) {
    if (done === undefined || !isFault(error)) throw error;
    throw new Failed('MAP_NOT_WRITTEN', `${done}, but not its map: ${error.message}`, error.data);
  }
}

/** How many problems a person is shown; the map holds all of them. */
const shown = 20;

function planLines(plan: ImportPlan, map: string): string[] {
  const changes = [
    ['new', plan.creates],
    ['changed', plan.updates],
    ['restored', plan.restores],
    ['unchanged', plan.unchanged],
  ] as const;
  const losses = { percent: 'per cent', fraction: 'fractions, multiplied by 100' };
  const units = [
    ...(plan.duration_unit ? [`  Durations are taken as ${plan.duration_unit}.`] : []),
    ...(plan.loss_unit ? [`  Losses are taken as ${losses[plan.loss_unit]}.`] : []),
  ];
  return [
    `${plan.source} has: ${countsLine(plan.counts)}.`,
    ...graphLines(plan.graph),
    ...changes
      .filter(([, counts]) => sumOf(counts) > 0)
      .map(([word, counts]) => `  ${word}: ${countsLine(counts)}`),
    ...units,
    ...problemLines(plan.problems, plan.report),
    `Nothing was changed. The map is in ${map}.`,
  ];
}

function graphLines(graph: ImportPlan['graph']): string[] {
  if (!graph) return [];
  const { nodes, edges, untyped, attributes } = graph;
  const kept = attributes.filter(({ of, name, becomes }) => becomes === name && !graphFields(of).has(name));
  const names = [...new Set(kept.map(({ name }) => name))].join(', ');
  return [
    `  As a graph: ${amount(nodes, 'node')} and ${amount(edges, 'edge')}.`,
    ...(untyped > 0
      ? [`  Without a type of FRAMES: ${amount(untyped, 'node')} (--node-type says what they are).`]
      : []),
    ...(names === '' ? [] : [`  Kept as custom fields: ${names} (--column says otherwise).`]),
  ];
}

function problemLines(problems: readonly Problem[], report: ImportReport): string[] {
  const total = sumOf(report.problems);
  if (total === 0) return reportLines(report);
  const lines = problems.slice(0, shown).map(({ path, code, action, value, becomes }) => {
    const what = [labelOf(code).toLowerCase(), value, becomes && `→ ${becomes}`].filter(Boolean).join(' ');
    return `    ${path} (${action.replace('_', ' ')}): ${what}`;
  });
  const more =
    total > lines.length
      ? [`    … and ${(total - lines.length).toLocaleString('en-US')} more, in the map`]
      : [];
  return [...reportLines(report), `  ${amount(total, 'problem')}:`, ...lines, ...more];
}

function importedLines(
  result: ImportResult,
  problems: readonly Problem[],
  map: string | undefined,
): string[] {
  return [
    writtenLine(result),
    ...(result.report.complete ? [] : problemLines(problems, result.report)),
    ...(result.backup === null ? [] : [`A copy of the workspace as it was is in backups/${result.backup}.`]),
    ...(map === undefined ? [] : [`The map is in ${map}.`]),
  ];
}
