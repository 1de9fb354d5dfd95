import { createLog } from '#core/kernel/logger.ts';
import { createHttpClient } from '#http/client.ts';
import type { ToData, FromData } from '#shared/shell/process.ts';
import { internalRefusal } from '#shared/shell/refused-call.ts';
import type { OpenedWorkspace } from './open-workspace.ts';
import { writeSupportCopy } from '#core/care/support-copy.ts';
import { systemServices } from '#core/kernel/system.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { errorFields, workspaceLog } from './log-file.ts';
import type { DataPort, Parent } from './parent.ts';
import { pendingRequests } from './pending-requests.ts';
import { peopleOf } from './recovery-profiles.ts';
import { isRecoverable, offerRecovery, isLost } from './recovery-offer.ts';
import { refusalOf } from './refusal.ts';
import { openAfterOrder } from './open-after-order.ts';
import { parentSecrets } from './secrets.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Log } from '#core/kernel/logger.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { previewSalvage } from '#core/salvage/run.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

/** Serves one workspace over the ports that main passes on. */
export interface Host {
  receive(message: ToData, ports: readonly DataPort[]): void;
  /** Logs an uncaught error; writes to the workspace log once a workspace was requested. */
  logError(error: unknown, message: string): void;
}

/** `exit` is called after the workspace was closed. */
export function createHost(parent: Parent, exit: () => void): Host {
  let opening: Promise<OpenedWorkspace | null> | undefined;
  /** Tasks on a workspace that failed to open. Each holds the exclusive lock, so they run in sequence. */
  let recoveryQueue: Promise<void> = Promise.resolve();
  let isClosing = false;
  /** Aborts only the current order, not salvage previews or support copies. */
  const orderAbort = new AbortController();
  /** Aborts opening, and every task that follows a failed open. */
  const closeAbort = new AbortController();
  const secrets = parentSecrets(parent);
  const proxies = pendingRequests<string>();
  const http = createHttpClient({
    environment: processEnvironment(),
    resolveProxy: (url) => proxies.request((id) => parent.postMessage({ kind: 'resolveProxy', id, url })),
  });
  let log = createLog();
  let openRequest: Extract<ToData, { kind: 'open' }> | undefined;

  async function open(message: Extract<ToData, { kind: 'open' }>): Promise<OpenedWorkspace | null> {
    openRequest = message;
    log = workspaceLog(message.workspace);
    try {
      const workspace = await openAfterOrder(message, parent, log, {
        outside: { secrets, http },
        orderSignal: orderAbort.signal,
        closeSignal: closeAbort.signal,
      });
      if (!workspace) return null;
      workspace.onGrantUsed((id) => parent.postMessage({ kind: 'used', id }));
      workspace.onBackedUp(() => parent.postMessage({ kind: 'backedUp' }));
      parent.postMessage({ kind: 'ready', backups: workspace.backups });
      return workspace;
    } catch (error) {
      log.error(errorFields(error), 'workspace not opened');
      if (isClosing) return null;
      const refusal = refusalOf(error, message.workspace);
      const failure = {
        kind: 'failed' as const,
        ...refusal,
        ...(await offerRecovery(message, refusal, log)),
      };
      parent.postMessage(failure);
      if (message.look === false) return null;
      // Queued behind support copies that arrived while the workspace was opening.
      recoveryQueue = recoveryQueue.then(async () => {
        if (!isRecoverable(refusal, message)) return;
        const people = await peopleOf(message, failure.backups, log, closeAbort.signal);
        if (closeAbort.signal.aborted) return;
        parent.postMessage({ ...failure, people });
        const salvageOffer = await offerSalvage(message, log, closeAbort.signal);
        if (salvageOffer) parent.postMessage({ ...failure, people, ...salvageOffer });
      });
      return null;
    }
  }

  /** Runs `action` once the workspace is open, or `onNotOpened` if it could not be opened. */
  async function withOpenWorkspace(
    action: (workspace: OpenedWorkspace) => void | Promise<void>,
    onNotOpened?: () => void,
  ): Promise<void> {
    const workspace = await opening;
    if (workspace) await action(workspace);
    else onNotOpened?.();
  }

  /** Writes a support copy of a workspace that could not be opened. Returns the problem, or null. */
  async function copyForSupport(path: string): Promise<RefusedCall | null> {
    if ((await opening) || openRequest === undefined)
      return internalRefusal('open', 'The workspace is open.');
    const { workspace: folder } = openRequest;
    try {
      await writeSupportCopy({
        folder,
        path,
        ...systemServices(),
        log,
        onProgress: () => {},
        signal: closeAbort.signal,
        replace: true,
      });
      return null;
    } catch (error) {
      log.error(errorFields(error), 'no support copy was written');
      return refusalOf(error, folder).refused;
    }
  }

  async function close(): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    closeAbort.abort();
    try {
      await withOpenWorkspace((workspace) => workspace.close());
      await recoveryQueue;
      parent.postMessage({ kind: 'closed' });
    } finally {
      exit();
    }
  }

  return {
    logError: (error, message) => log.error(errorFields(error), message),
    receive(message, ports) {
      switch (message.kind) {
        case 'open':
          opening ??= open(message);
          break;
        case 'port':
          for (const port of ports)
            void withOpenWorkspace(
              (workspace) => workspace.serve(port),
              () => port.close(),
            );
          break;
        case 'grant':
          void withOpenWorkspace(
            (workspace) => {
              workspace.grant(message.id, message.path, message.use);
              parent.postMessage({ kind: 'granted', id: message.id });
            },
            () => parent.postMessage({ kind: 'refused', id: message.id }),
          );
          break;
        case 'secret':
          secrets.receive(message);
          break;
        case 'proxy':
          proxies.receive(message.id, message.proxies);
          break;
        case 'supportCopy':
          recoveryQueue = recoveryQueue.then(async () => {
            const problem = await copyForSupport(message.path);
            parent.postMessage({ kind: 'supportCopied', problem });
          });
          break;
        case 'cancelRestore':
          orderAbort.abort();
          break;
        case 'close':
          orderAbort.abort();
          void close();
          break;
      }
    },
  };
}

type SalvageOffer = Pick<Extract<FromData, { kind: 'failed' }>, 'salvage' | 'salvageRefused'>;

/** Previews a salvage. `salvage` is null if nothing is recoverable; undefined if cancelled. Never rejects. */
async function offerSalvage(
  { workspace, pointed }: Extract<ToData, { kind: 'open' }>,
  log: Log,
  signal: AbortSignal,
): Promise<SalvageOffer | undefined> {
  try {
    const salvage = await previewSalvage({
      folder: workspace,
      searchedFolder: pointed,
      owner: ownerName(processEnvironment()),
      ...systemServices(),
      holder: { kind: 'window', label: 'FRAMES window' },
      log,
      onProgress: () => {},
      signal,
    });
    return { salvage };
  } catch (error) {
    log.warn(errorFields(error), 'nothing to salvage');
    if (isFault(error) && error.code === 'CANCELLED') return undefined;
    const refusal = refusalOf(error, workspace);
    return isLost(refusal) ? { salvage: null } : { salvageRefused: refusal.refused };
  }
}
