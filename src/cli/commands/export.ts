import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { refuseReplacing } from '#core/kernel/files/atomic-file.ts';
import { refuseOwnFile } from '#core/kernel/files/own-files.ts';
import { runExport } from '#core/export/records.ts';
import { notingExport } from '#core/model/note-done.ts';
import type { Exported } from '#core/export/records.ts';
import { exportFormats, formatOf, plainName } from '#shared/domain/formats.ts';
import type { ExportFormat } from '#shared/domain/formats.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { ignoreClosedPipe, UsageError } from '../output/errors.ts';
import { passphraseFrom, readPassphrase } from '../prompts.ts';
import { countPhrase, countsLine } from '../phrases.ts';
import { onMoment, pathOf, replaceFlag, withProgress, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

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
    ...onMoment,
    format: oneOf('FORMAT', 'File format (default: from the file name)', formats),
    out: text('FILE', 'Output file'),
    replace: replaceFlag,
    passphrase: passphraseFrom(
      'Encrypt the file with the passphrase from stdin, or from $FRAMES_PASSPHRASE (env)',
    ),
  },
  async run(context, { passphrase: from, ...args }) {
    const passphrase = await readPassphrase(context, from);
    const chosen = args.format === 'by-name' ? undefined : args.format;
    if (args.out === undefined) return toStdout(context, args, chosen ?? 'frames-json', passphrase);
    const path = pathOf(context, args.out);
    if (chosen === undefined) await checkEnding(args.out, path, pathOf(context, args.workspace));
    const format = chosen ?? formatOf(path) ?? 'frames-json';
    const exported = await write(context, args, path, format, { replace: args.replace, passphrase });
    if (!exported.importable)
      context.output.note('The file is larger than an import accepts. Keep a backup as well.');
    context.output.result({ ...exported, file: path, format }, () => [
      `Wrote ${countsLine(exported.counts)} to ${path} (${exported.bytes.toLocaleString('en-US')} bytes).`,
      ...limitsLines(exported),
    ]);
  },
});

function limitsLines({ graph, left_out, cut }: Exported): string[] {
  return [
    ...(graph
      ? [`  As a graph: ${countPhrase(graph.nodes, 'node')} and ${countPhrase(graph.edges, 'edge')}.`]
      : []),
    ...(sumOf(left_out) > 0 ? [`  Not supported by this format: ${countsLine(left_out)}.`] : []),
    ...(cut > 0 ? [`  Shortened to fit this format: ${countPhrase(cut, 'value')}.`] : []),
  ];
}

/** Throws UsageError if the extension does not match the format, and BAD_FILE if a workspace owns the path. */
async function checkEnding(out: string, path: string, workspace: string): Promise<void> {
  if (extname(plainName(out)) === '' || formatOf(out) !== null) return;
  if (existsSync(workspace)) await refuseOwnFile(path, workspaceFiles(workspace));
  await refuseReplacing(path, basename(path), { replace: true });
  const message = `Unknown file type of ${out}. Use --format. Nothing was changed.`;
  throw new UsageError(message, { argument: '--out', given: out });
}

function write(
  context: Context,
  chosen: Chosen,
  path: string,
  format: ExportFormat,
  how: { replace?: boolean; passphrase: string | undefined },
): Promise<Exported> {
  return withWorkspace(context, chosen, 'export', ({ core: { services }, session }) =>
    withProgress(context, (pace) =>
      notingExport({ services, session }, runExport(services, path, pace, format, how)),
    ),
  );
}

/** Writes to a temporary file first, so that standard output gets everything or nothing. */
async function toStdout(
  context: Context,
  chosen: Chosen,
  format: ExportFormat,
  passphrase: string | undefined,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-export-'));
  try {
    const path = join(folder, 'export.json');
    await write(context, chosen, path, format, { passphrase });
    await pipeline(createReadStream(path), context.stdout, { end: false }).catch(ignoreClosedPipe);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
