import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Context } from '../command.ts';
import { workspaceLog } from '../workspace.ts';
import { Confirmations } from './confirmation.ts';
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

/** Serves the client that started this process, until it closes standard input or the command is interrupted. */
export async function serveOverStdio(context: Context, chosen: Chosen): Promise<void> {
  const { signal } = context;
  const over = new Promise<void>((resolve) => {
    for (const event of ['end', 'close']) process.stdin.once(event, () => resolve());
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const parts = partsOf(context, chosen);
  const handle = serveStdio(() => createServer(parts));
  await over;
  await handle.close();
  process.stdin.destroy();
}
