import { createLog } from '#core/kernel/logger.ts';
import type { ToData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import type { Opened } from './open-workspace.ts';
import { writeSupportCopy } from '#core/care/support-copy.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Refused } from '#shared/shell/refused.ts';
import { errorFields, workspaceLog } from './log-file.ts';
import type { DataPort, Parent } from './parent.ts';
import { peopleOf } from './people.ts';
import { isRecoverable, offerRecovery } from './recoverable.ts';
import { refusalOf } from './refusal.ts';
import { openAfter } from './open-after.ts';
import { offerSalvage } from './salvageable.ts';
import { parentSecrets } from './secrets.ts';

/** Serves one workspace over the ports that main passes on. */
export interface Host {
  hear(message: ToData, ports: readonly DataPort[]): void;
  /** Logs an uncaught error; writes to the workspace log once a workspace was requested. */
  note(error: unknown, what: string): void;
}

/** `exit` is called after the workspace was closed. */
export function createHost(parent: Parent, exit: () => void): Host {
  let opening: Promise<Opened | null> | undefined;
  /** Tasks on a workspace that failed to open. Each holds the exclusive lock, so they run in sequence. */
  let salvageQueue: Promise<void> = Promise.resolve();
  let closing = false;
  /** Aborts only the current order, not salvage previews or support copies. */
  const orderAbort = new AbortController();
  /** Aborts opening, and every task that follows a failed open. */
  const closeAbort = new AbortController();
  const secrets = parentSecrets(parent);
  let log = createLog();
  let openRequest: Extract<ToData, { kind: 'open' }> | undefined;

  async function open(message: Extract<ToData, { kind: 'open' }>): Promise<Opened | null> {
    openRequest = message;
    log = workspaceLog(message.workspace);
    try {
      const opened = await openAfter(message, parent, log, {
        secrets,
        ordered: orderAbort.signal,
        leaving: closeAbort.signal,
      });
      if (!opened) return null;
      opened.onGrantUsed((id) => parent.postMessage({ kind: 'used', id }));
      opened.onBackedUp(() => parent.postMessage({ kind: 'backedUp' }));
      parent.postMessage({ kind: 'ready', backups: opened.backups });
      return opened;
    } catch (error) {
      log.error(errorFields(error), 'workspace not opened');
      if (closing) return null;
      const refusal = refusalOf(error, message.workspace);
      const failed = { kind: 'failed' as const, ...refusal, ...(await offerRecovery(message, refusal, log)) };
      parent.postMessage(failed);
      if (message.look === false) return null;
      // Queued behind support copies that arrived while the workspace was opening.
      salvageQueue = salvageQueue.then(async () => {
        if (!isRecoverable(refusal, message)) return;
        const people = await peopleOf(message, failed.backups, log, closeAbort.signal);
        if (closeAbort.signal.aborted) return;
        parent.postMessage({ ...failed, people });
        const found = await offerSalvage(message, log, closeAbort.signal);
        if (found) parent.postMessage({ ...failed, people, ...found });
      });
      return null;
    }
  }

  /** Runs `action` once the workspace is open, or `otherwise` if it could not be opened. */
  async function withOpened(
    action: (opened: Opened) => void | Promise<void>,
    otherwise?: () => void,
  ): Promise<void> {
    const opened = await opening;
    if (opened) await action(opened);
    else otherwise?.();
  }

  /** Writes a support copy, unless the workspace is open; the problem, or null. */
  async function copyForSupport(path: string): Promise<Refused | null> {
    if ((await opening) || openRequest === undefined) return refusedBy('open', 'The workspace is open.');
    const { workspace: folder } = openRequest;
    try {
      await writeSupportCopy({
        folder,
        path,
        clock: systemClock,
        ids: createIds(systemClock, systemRandom),
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
    if (closing) return;
    closing = true;
    closeAbort.abort();
    try {
      await withOpened((opened) => opened.close());
      await salvageQueue;
      parent.postMessage({ kind: 'closed' });
    } finally {
      exit();
    }
  }

  return {
    note: (error, what) => log.error(errorFields(error), what),
    hear(message, ports) {
      switch (message.kind) {
        case 'open':
          opening ??= open(message);
          break;
        case 'port':
          for (const port of ports)
            void withOpened(
              (opened) => opened.serve(port),
              () => port.close(),
            );
          break;
        case 'grant':
          void withOpened(
            (opened) => {
              opened.grant(message.id, message.path, message.use);
              parent.postMessage({ kind: 'granted', id: message.id });
            },
            () => parent.postMessage({ kind: 'refused', id: message.id }),
          );
          break;
        case 'secret':
          secrets.hear(message);
          break;
        case 'supportCopy':
          salvageQueue = salvageQueue.then(async () => {
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
