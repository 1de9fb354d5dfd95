import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readPiecesOf } from '#files/open-file.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { refuseReplacing } from '#core/kernel/files/atomic-file.ts';
import { refuseOwnFile } from '#core/kernel/files/own-files.ts';
import { runExport } from '#core/export/records.ts';
import { auditExport } from '#core/model/audit-act.ts';
import type { ExportResult } from '#core/export/records.ts';
import { exportFormats, formatOf, unencryptedName } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { ignoreClosedPipe, UsageError } from '../output/errors.ts';
import { passphraseOption, readPassphrase } from '../prompts.ts';
import { countPhrase, countsLine } from '../format.ts';
import { pointInTimeOptions, resolvePath, replaceFlag, withProgress, withWorkspace } from '../workspace.ts';
import type { TargetArguments } from '../workspace.ts';

const formats = ['by-name', ...exportFormats] as const;

export const exportCommand = command({
  path: ['export'],
  summary: 'Export all records to one file that FRAMES can import again',
  details: [
    'Custom fields are exported too. Without --out, writes to stdout. Encrypted files can be opened with age, and imported by "frames ' +
      'import" with the same option.',
    'The file name sets the format unless --format is given. A .frames file is compressed and has checksums.',
    'For other programs: graphs for Gephi, NetworkX and Cytoscape (gexf, graphml, cytoscape, node-link, csv-nodes, csv-edges), a ' +
      'workbook with one sheet per type (xlsx), and the original program’s format (original). FRAMES can import all of them again.',
  ],
  examples: [
    'frames export --workspace W --format frames-json --out frames_data.json',
    'frames export --workspace W --out network.gexf',
    'frames export --workspace W --out records.frames.age --passphrase env',
  ],
  parameters: {},
  options: {
    ...pointInTimeOptions,
    format: oneOf('FORMAT', 'File format (default: from the file name)', formats),
    out: text('FILE', 'Output file'),
    replace: replaceFlag,
    passphrase: passphraseOption(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, { passphrase: passphraseSource, ...args }) {
    const passphrase = await readPassphrase(context, passphraseSource);
    const chosenFormat = args.format === 'by-name' ? undefined : args.format;
    if (args.out === undefined)
      return exportToStdout(context, args, chosenFormat ?? 'frames-json', passphrase);
    const path = resolvePath(context, args.out);
    if (chosenFormat === undefined)
      await checkExtension(args.out, path, resolvePath(context, args.workspace));
    const format = chosenFormat ?? formatOf(path) ?? 'frames-json';
    const exportResult = await writeExport(context, args, path, format, {
      replace: args.replace,
      passphrase,
    });
    if (!exportResult.importable)
      context.output.note('The file is larger than an import accepts. Keep a backup as well.');
    context.output.result({ ...exportResult, file: path, format }, () => [
      `Wrote ${countsLine(exportResult.counts)} to ${path} (${exportResult.bytes.toLocaleString('en-US')} bytes).`,
      ...exportNoteLines(exportResult),
    ]);
  },
});

function exportNoteLines({ graph, left_out, cut }: ExportResult): string[] {
  return [
    ...(graph
      ? [`  As a graph: ${countPhrase(graph.nodes, 'node')} and ${countPhrase(graph.edges, 'edge')}.`]
      : []),
    ...(sumOf(left_out) > 0 ? [`  Not supported by this format: ${countsLine(left_out)}.`] : []),
    ...(cut > 0 ? [`  Shortened to fit this format: ${countPhrase(cut, 'value')}.`] : []),
  ];
}

/** Throws if no format has the extension: BAD_FILE if a workspace owns the path or it is encrypted, otherwise UsageError. */
async function checkExtension(out: string, path: string, workspace: string): Promise<void> {
  if (extname(unencryptedName(out)) === '' || formatOf(out) !== null) return;
  if (existsSync(workspace)) await refuseOwnFile(path, workspaceFiles(workspace));
  await refuseReplacing(path, basename(path), { replace: true });
  const message = `Unknown file type of ${out}. Use --format. Nothing was changed.`;
  throw new UsageError(message, { argument: '--out', given: out });
}

function writeExport(
  context: Context,
  target: TargetArguments,
  path: string,
  format: ExportFormat,
  options: { replace?: boolean; passphrase: string | undefined },
): Promise<ExportResult> {
  return withWorkspace(context, target, 'export', ({ core: { services }, session }) =>
    withProgress(context, (pace) =>
      auditExport({ services, session }, runExport(services, path, pace, format, options)),
    ),
  );
}

/** Writes to a temporary file first, so that standard output gets everything or nothing. */
async function exportToStdout(
  context: Context,
  target: TargetArguments,
  format: ExportFormat,
  passphrase: string | undefined,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-export-'));
  try {
    const path = join(folder, 'export.json');
    await writeExport(context, target, path, format, { passphrase });
    await pipeline(readPiecesOf(path), context.stdout, { end: false }).catch(ignoreClosedPipe);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
