import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Context } from '../command.ts';
import { workspaceLog } from '../workspace.ts';
import { Confirmations } from './confirmation.ts';
import { startHttp } from './http.ts';
import { createServer } from './server.ts';
import type { ServerParts } from './server.ts';
import { Targets } from './targets.ts';
import type { Chosen } from './targets.ts';

function partsOf(context: Context, chosen: Chosen): ServerParts {
  const ids = createIds(systemClock, systemRandom);
  return {
    version: context.version,
    targets: new Targets(context, chosen),
    confirmations: new Confirmations(),
    log: workspaceLog(chosen.workspace),
    uuid: () => ids.uuid(),
  };
}

/** Serves the parent process until it closes standard input or the command is interrupted. */
export async function serveOverStdio(context: Context, chosen: Chosen): Promise<void> {
  const { signal } = context;
  const closing = new Promise<void>((resolve) => {
    for (const event of ['end', 'close']) process.stdin.once(event, () => resolve());
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const parts = partsOf(context, chosen);
  const handle = serveStdio(() => createServer(parts));
  await closing;
  await handle.close();
  process.stdin.destroy();
}

/** Serves local programs over HTTP until interrupted. `started` receives the address and the token. */
export async function serveOverHttp(
  context: Context,
  chosen: Chosen,
  { port, token, started }: { port: number; token: string; started: (url: string) => void },
): Promise<void> {
  const { signal } = context;
  const parts = partsOf(context, chosen);
  const failed = (error: unknown): void =>
    parts.log.error({ error: String(error) }, 'a request of an agent failed');
  const server = await startHttp(() => createServer(parts), { port, token, failed });
  started(server.url);
  if (!signal.aborted)
    await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
  await server.stop();
}
