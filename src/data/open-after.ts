import type { Log } from '#core/kernel/logger.ts';
import type { Secrets } from '#core/kernel/secrets.ts';
import type { ToData } from '#shared/shell/process.ts';
import { inRecovery } from '#shared/shell/orders.ts';
import { refusedBy } from '#shared/shell/refused.ts';
import { doFirst } from './do-first.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Opened } from './open-workspace.ts';
import type { Parent } from './parent.ts';
import { isLost } from './recoverable.ts';
import { refusalOf } from './refusal.ts';

const WHOLE = 'The records can be opened again: nothing took their place. Nothing was changed.';

/**
 * Opens a workspace after what was ordered. What recovers it is done only where the file is lost, as somebody may have mended it
 * since the order was offered; main is told what came of it in any case. `ordered` gives up the order, `leaving` the opening. Throws as
 * `openWorkspace`.
 */
export async function openAfter(
  message: Extract<ToData, { kind: 'open' }>,
  parent: Parent,
  log: Log,
  { secrets, ordered, leaving }: { secrets: Secrets; ordered: AbortSignal; leaving: AbortSignal },
): Promise<Opened> {
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
  if (order) await doFirst(message, order, parent, log, ordered);
  return openWorkspace(message, log, secrets, leaving);
}
