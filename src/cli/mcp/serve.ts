import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Context } from '../command.ts';
import { workspaceLog } from '../workspace.ts';
import { Confirmations } from './confirmation.ts';
import { startHttp } from './http.ts';
import { createServer } from './server.ts';
import type { ServerParts } from './server.ts';
import { Targets } from './targets.ts';
import type { AgentTarget } from './targets.ts';

function createParts(context: Context, target: AgentTarget): ServerParts {
  const ids = createIds(systemClock, systemRandom);
  return {
    version: context.version,
    targets: new Targets(context, target),
    confirmations: new Confirmations(),
    log: workspaceLog(target.workspace),
    uuid: () => ids.uuid(),
  };
}

/** Serves the parent process until it closes standard input or the command is interrupted. */
export async function serveOverStdio(context: Context, target: AgentTarget): Promise<void> {
  const { signal } = context;
  const closeEvent = new Promise<void>((resolve) => {
    for (const event of ['end', 'close']) process.stdin.once(event, () => resolve());
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const serverParts = createParts(context, target);
  const handle = serveStdio(() => createServer(serverParts));
  await closeEvent;
  await handle.close();
  process.stdin.destroy();
}

/** Serves local programs over HTTP until interrupted. Calls `onStarted` with the address. */
export async function serveOverHttp(
  context: Context,
  target: AgentTarget,
  { port, token, onStarted }: { port: number; token: string; onStarted: (url: string) => void },
): Promise<void> {
  const { signal } = context;
  const serverParts = createParts(context, target);
  const onError = (error: unknown): void =>
    serverParts.log.error({ error: String(error) }, 'a request of an agent failed');
  const server = await startHttp(() => createServer(serverParts), { port, token, onError });
  onStarted(server.url);
  if (!signal.aborted)
    await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
  await server.stop();
}
