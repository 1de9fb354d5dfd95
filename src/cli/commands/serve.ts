import { resolve } from 'node:path';
import { text, whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { Failed, UsageError } from '../output/errors.ts';
import { asJson } from '../output/output.ts';

/** What keeps a server from starting is said as it is: there is no workspace whose log could have more. */
async function started<T>(starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    throw new Failed('SERVER', error instanceof Error ? error.message : String(error), {});
  }
}

const serve = command({
  path: ['serve'],
  summary: 'Run a server that workspaces are shared with',
  details: [
    'With --trial everything lies in a folder, with the Postgres that comes with FRAMES, on this computer only.',
    'The first admin of a new server is made by "frames sync join URL --bootstrap TOKEN", once.',
  ],
  examples: ['frames serve --trial ./server --port 8080'],
  parameters: {},
  options: {
    trial: text('DIR', 'Run a trial in this folder'),
    port: whole('N', 'The port to listen on (8080 unless given; 0 for any)', { max: 65_535 }),
  },
  async run({ stdout, signal, output, folder }, { trial, port = 8080 }) {
    if (trial === undefined) throw new UsageError('--trial is missing.', { argument: '--trial' });
    // Loaded where it is needed: it is as large as all other commands together.
    const { serveTrial } = await import('#server/serve.ts');
    const server = await started(serveTrial(resolve(folder, trial), { port, logLevel: 'warn' }));
    const { url, bootstrap_token } = server;
    if (output.json) stdout.write(`${asJson({ url, bootstrap_token })}\n`);
    else {
      stdout.write(`FRAMES is served at ${url}\n`);
      if (bootstrap_token !== null) stdout.write(`Token for the first admin: ${bootstrap_token}\n`);
      stdout.write('Ctrl+C ends it.\n');
    }
    if (!signal.aborted)
      await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
    await server.stop();
  },
});

export const serveCommands: readonly Command[] = [serve];
