import { createLog } from '#core/kernel/logger.ts';
import type { ToData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import type { Opened } from './open-workspace.ts';
import { runErrand } from './errand.ts';
import { errorFields, workspaceLog } from './log-file.ts';
import type { DataPort, Parent } from './parent.ts';
import { peopleOf } from './people.ts';
import { isRecoverable, recoverable } from './recoverable.ts';
import { refusalOf } from './refusal.ts';
import { openAfter } from './open-after.ts';
import { salvageable } from './salvageable.ts';
import { parentSecrets } from './secrets.ts';

/** Serves one workspace to the windows whose ports main hands over. */
export interface Host {
  hear(message: ToData, ports: readonly DataPort[]): void;
  /** Notes what nobody caught, in the workspace's log when there is one. */
  note(error: unknown, what: string): void;
}

/** `exit` is called when the workspace is closed. */
export function createHost(parent: Parent, exit: () => void): Host {
  let opening: Promise<Opened | null> | undefined;
  /** Looks what could be salvaged; it holds the workspace as long as it does. */
  let looking: Promise<void> = Promise.resolve();
  let closing = false;
  /** Gives up what was ordered, and nothing else: what is looked at or written for support goes on. */
  const ordered = new AbortController();
  /** Gives up opening, and whatever is done where that failed. */
  const leaving = new AbortController();
  const secrets = parentSecrets(parent);
  let log = createLog();
  let asked: Extract<ToData, { kind: 'open' }> | undefined;

  async function open(message: Extract<ToData, { kind: 'open' }>): Promise<Opened | null> {
    asked = message;
    log = workspaceLog(message.workspace);
    try {
      const opened = await openAfter(message, parent, log, {
        secrets,
        ordered: ordered.signal,
        leaving: leaving.signal,
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
      const failed = { kind: 'failed' as const, ...refusal, ...(await recoverable(message, refusal, log)) };
      parent.postMessage(failed);
      if (message.look === false) return null;
      // After what was asked for while this was being opened.
      looking = looking.then(async () => {
        if (!isRecoverable(refusal, message)) return;
        const people = await peopleOf(message, failed.backups, log, leaving.signal);
        if (leaving.signal.aborted) return;
        parent.postMessage({ ...failed, people });
        const found = await salvageable(message, log, leaving.signal);
        if (found) parent.postMessage({ ...failed, people, ...found });
      });
      return null;
    }
  }

  /** Does something with the workspace as soon as it is open, or what is left when it could not be opened. */
  async function withOpened(
    action: (opened: Opened) => void | Promise<void>,
    otherwise?: () => void,
  ): Promise<void> {
    const opened = await opening;
    if (opened) await action(opened);
    else otherwise?.();
  }

  /** What is done for a workspace that could not be opened. */
  async function errand(message: Extract<ToData, { kind: 'supportCopy' | 'look' }>): Promise<void> {
    const refused = { problem: refusedBy('open', 'The workspace is open.'), sandbox: null };
    const answer =
      (await opening) || asked === undefined ? refused : await runErrand(message, asked, log, leaving.signal);
    parent.postMessage({ kind: 'errand', ...answer });
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    leaving.abort();
    try {
      await withOpened((opened) => opened.close());
      await looking;
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
        case 'look':
          // One after the other: each holds the workspace.
          looking = looking.then(() => errand(message));
          break;
        case 'cancelRestore':
          ordered.abort();
          break;
        case 'close':
          ordered.abort();
          void close();
          break;
      }
    },
  };
}
