import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { Secrets } from '#core/kernel/secrets.ts';
import type { ToData } from '#shared/shell/process.ts';
import { inRecovery } from '#shared/shell/orders.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import { doFirst } from './do-first.ts';
import { backUpBeforeUpdate } from './update-backup.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Opened } from './open-workspace.ts';
import type { Parent } from './parent.ts';
import { isLost } from './recoverable.ts';
import { refusalOf } from './refusal.ts';

const WHOLE = 'The records can be opened again: nothing took their place. Nothing was changed.';

/**
 * Opens a workspace after what was ordered. What recovers it is done only where the file is lost, as somebody may have mended it
 * since the order was offered; main is told what came of it in any case. `ordered` gives up the order, `leaving` the opening. Null where the previous
 * version of the program will open it. Throws as `openWorkspace`.
 */
export async function openAfter(
  message: Extract<ToData, { kind: 'open' }>,
  parent: Parent,
  log: Log,
  { secrets, ordered, leaving }: { secrets: Secrets; ordered: AbortSignal; leaving: AbortSignal },
): Promise<Opened | null> {
  const { order, workspace } = message;
  if (order && inRecovery(order)) {
    try {
      const opened = await openWorkspace(message, log, secrets, leaving);
      parent.postMessage({ kind: 'notRestored', refused: refusedBy('whole', WHOLE) });
      return opened;
    } catch (error) {
      const found = refusalOf(error, workspace);
      if (!isLost(found)) {
        parent.postMessage({ kind: 'notRestored', refused: found.refused });
        throw error;
      }
    }
  }
  const isDone = order !== undefined && (await doFirst(message, order, parent, log, ordered));
  if (isDone && order.what === 'goBack') return null;
  if (message.backUp) await backUpBeforeUpdate(workspaceFiles(workspace), log);
  return openWorkspace(message, log, secrets, leaving);
}
