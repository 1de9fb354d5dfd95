import { isFault } from '#shared/contract/faults.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { RestoreOrder, ToData } from '#shared/shell/process.ts';
import { workspaceFiles } from '#core/db/files.ts';
import type { Log } from '#core/log.ts';
import { ownerName } from '#core/owner.ts';
import { restoreInPlace } from '#core/restore/in-place.ts';
import { salvageInPlace } from '#core/salvage/run.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { errorFields } from './log-file.ts';
import type { Parent } from './parent.ts';
import { refusalOf } from './refusal.ts';

/**
 * Puts a backup, or what can be salvaged, in the place of a workspace's records while nobody has them open, and tells how it goes and what came of it. Never
 * rejects: what could not be restored is as it was, and is opened all the same.
 */
export async function restoreFirst(
  { workspace }: Extract<ToData, { kind: 'open' }>,
  order: RestoreOrder,
  parent: Parent,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  try {
    const parts = {
      actor: order.actor ?? undefined,
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      random: systemRandom,
      holder: { kind: 'window', label: 'FRAMES window' } as const,
      log,
      tell: (progress: Progress) => parent.postMessage({ kind: 'restoring', progress }),
      signal,
    };
    const { id, another } = order;
    const { counts, safety, displaced } =
      id === null
        ? await salvageInPlace({ ...parts, folder: workspace, owner: ownerName(process.env) })
        : await restoreInPlace({ ...parts, id, another, files: workspaceFiles(workspace) });
    parent.postMessage({ kind: 'restored', counts, safety, displaced });
  } catch (error) {
    log.error({ ...errorFields(error), backup: order.id }, 'backup not restored');
    const { message } = refusalOf(error, workspace);
    parent.postMessage({ kind: 'notRestored', code: isFault(error) ? error.code : 'INTERNAL', message });
  }
}
