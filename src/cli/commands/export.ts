import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runExport } from '#core/transfer/export.ts';
import type { Exported } from '#core/transfer/export.ts';
import { oneOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { follow } from '../follow.ts';
import { countsLine } from '../words.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';
import type { Chosen } from '../workspace.ts';

export const exportCommand = command({
  path: ['export'],
  summary: 'Write every live record as one file, which imports to the same state',
  details: [
    'Fields that FRAMES does not know are written as they came. Without --out the text goes to stdout.',
  ],
  examples: ['frames export --workspace W --format frames-json --out frames_data.json'],
  parameters: {},
  options: {
    ...onWorkspace,
    format: oneOf('FORMAT', 'The form of the file', ['frames-json'], 'frames-json'),
    out: text('FILE', 'Where to write; what is there is replaced'),
  },
  async run(context, given) {
    if (given.out === undefined) return toStdout(context, given);
    const path = pathOf(context, given.out);
    const written = await write(context, given, path);
    context.output.result({ ...written, file: path, format: given.format }, () => [
      `Wrote ${countsLine(written.counts)} to ${path} (${written.bytes.toLocaleString('en-US')} bytes).`,
    ]);
  },
});

function write(context: Context, chosen: Chosen, path: string): Promise<Exported> {
  return withWorkspace(context, chosen, 'export', ({ core }) =>
    follow(runExport(core.services, path, context.signal), context.output),
  );
}

/** By way of a temporary file, so that a reader gets all of it or nothing. */
async function toStdout(context: Context, chosen: Chosen): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-export-'));
  try {
    const path = join(folder, 'export.json');
    await write(context, chosen, path);
    await pipeline(createReadStream(path), context.stdout, { end: false }).catch(unlessReaderLeft);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A reader that has seen enough closes the pipe: that is no error. */
function unlessReaderLeft(error: unknown): void {
  const code = (error as { code?: unknown }).code;
  if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
