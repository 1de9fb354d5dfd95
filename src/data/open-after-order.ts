import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { ToData } from '#shared/shell/process.ts';
import { isRecoveryOrder } from '#shared/shell/orders.ts';
import { internalRefusal } from '#shared/shell/refused-call.ts';
import { executeOrder } from './execute-order.ts';
import { openWorkspace } from './open-workspace.ts';
import type { OpenedWorkspace, OutsideServices } from './open-workspace.ts';
import type { Parent } from './parent.ts';
import { isLost } from './recovery-offer.ts';
import { refusalOf } from './refusal.ts';
import { inspectFile } from '#core/kernel/db/inspect.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { systemClock } from '#core/kernel/system.ts';
import { createBackup } from '#core/versions/create.ts';
import { errorFields } from './log-file.ts';

const NOT_NEEDED = 'The records can be opened again: nothing took their place. Nothing was changed.';

/**
 * Executes the order, then opens the workspace. A recovery order runs only if the workspace still cannot be opened: the file can have been
 * repaired since the order was offered. Main always gets a result for the order. `orderSignal` aborts the order, `closeSignal` aborts
 * opening. Resolves to null after a rollback (`goBack`): the previous program version will open the workspace. Throws as `openWorkspace`.
 */
export async function openAfterOrder(
  message: Extract<ToData, { kind: 'open' }>,
  parent: Parent,
  log: Log,
  {
    outside,
    orderSignal,
    closeSignal,
  }: { outside: OutsideServices; orderSignal: AbortSignal; closeSignal: AbortSignal },
): Promise<OpenedWorkspace | null> {
  const { order, workspace } = message;
  if (order && isRecoveryOrder(order)) {
    try {
      const opened = await openWorkspace(message, log, outside, closeSignal);
      parent.postMessage({ kind: 'notRestored', refused: internalRefusal('whole', NOT_NEEDED) });
      return opened;
    } catch (error) {
      const refusal = refusalOf(error, workspace);
      if (!isLost(refusal)) {
        parent.postMessage({ kind: 'notRestored', refused: refusal.refused });
        throw error;
      }
    }
  }
  const hasSucceeded = order !== undefined && (await executeOrder(message, order, parent, log, orderSignal));
  if (hasSucceeded && order.what === 'goBack') return null;
  if (message.backUp) await backUpBeforeUpdate(workspaceFiles(workspace), log);
  return openWorkspace(message, log, outside, closeSignal);
}

/**
 * Makes a verified backup before a new program version first opens a workspace. Skips older schemas, because
 * their migration makes its own backup. A failure is only logged: this version does not change the file
 * format.
 */
async function backUpBeforeUpdate(files: WorkspaceFiles, log: Log): Promise<void> {
  try {
    const inspection = inspectFile(files.live);
    if (inspection.kind !== 'ours' || inspection.version !== schemaVersion) return;
    const { id } = await createBackup({ files, reason: 'update', clock: systemClock, log });
    log.info({ backup: id }, 'backed up before the first start of a new version');
  } catch (error) {
    log.error(errorFields(error), 'no backup before the first start of a new version');
  }
}
