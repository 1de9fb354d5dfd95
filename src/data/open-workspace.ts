import { basename } from 'node:path';
import { userInfo } from 'node:os';
import { RPCHandler } from '@orpc/server/message-port';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { fillSample } from '#core/sample/handlers.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { ToData } from '#shared/shell/process.ts';
import { workspaceLog } from './log-file.ts';
import type { DataPort } from './parent.ts';

/** An open workspace as the data process serves it. */
export interface Opened {
  /** Answers the contract over the port until it closes; each port has a session of its own. */
  serve(port: DataPort): void;
  grant(id: string, path: string, use: 'read' | 'write'): void;
  close(): Promise<void>;
}

/** Opens the workspace, making it when it is missing; its first profile is named after the system's user. */
export async function openWorkspace(wanted: Extract<ToData, { kind: 'open' }>): Promise<Opened> {
  const { workspace, sample } = wanted;
  const log = workspaceLog(workspace);
  process.on('uncaughtException', (error) => {
    log.error({ error: error.message, stack: error.stack }, 'uncaught');
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => log.error({ error: String(reason) }, 'unhandled'));

  const core = await openCore({
    workspace,
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log,
    create: { owner: ownerName(), name: wanted.name === '' ? basename(workspace) : wanted.name },
    holder: { kind: 'window', label: 'FRAMES window' },
  });
  if (sample) await fillOnce(core);

  const handler = new RPCHandler(core.router);
  return {
    serve(port) {
      handler.upgrade(port as Parameters<typeof handler.upgrade>[0], {
        context: core.context(core.session()),
      });
      port.start();
    },
    grant: core.grants.register,
    close: core.close,
  };
}

/** Fills a workspace in which nobody has done anything yet. A crash on the way leaves it empty, and the next start fills it. */
async function fillOnce(core: Core): Promise<void> {
  const session = core.session();
  const { transactions } = await core.client(session).workspace.info({});
  if (transactions > 1) return;
  const filling = fillSample(core.services, session, { size: 'small', seed: 1 });
  for (let next = await filling.next(); !next.done; next = await filling.next());
}

/** Why a workspace was not opened, in words for a window: without any path. */
export function refusalOf(error: unknown, workspace: string): { reason: string; message: string } {
  if (!isFault(error))
    return { reason: 'internal', message: 'Something went wrong while the workspace was being opened.' };
  const reason = 'reason' in error.data ? error.data.reason : error.code;
  return { reason, message: error.message.replaceAll(workspace, basename(workspace)) };
}

function ownerName(): string {
  try {
    return userInfo().username || 'Owner';
  } catch {
    return 'Owner';
  }
}
