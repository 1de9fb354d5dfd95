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

const NOT_NEEDED = 'The records can be opened again: nothing took their place. Nothing was changed.';

/**
 * Carries out the order, then opens the workspace. A recovery order runs only if the workspace still cannot
 * be opened: the file may have been repaired since the order was offered. Main always gets a result for the
 * order. `ordered` aborts the order, `leaving` aborts opening. Resolves to null after a rollback (`goBack`):
 * the previous program version will open the workspace. Throws as `openWorkspace`.
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
      parent.postMessage({ kind: 'notRestored', refused: refusedBy('whole', NOT_NEEDED) });
      return opened;
    } catch (error) {
      const refusal = refusalOf(error, workspace);
      if (!isLost(refusal)) {
        parent.postMessage({ kind: 'notRestored', refused: refusal.refused });
        throw error;
      }
    }
  }
  const isDone = order !== undefined && (await doFirst(message, order, parent, log, ordered));
  if (isDone && order.what === 'goBack') return null;
  if (message.backUp) await backUpBeforeUpdate(workspaceFiles(workspace), log);
  return openWorkspace(message, log, secrets, leaving);
}
