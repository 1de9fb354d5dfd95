import { workspaceFault } from '#shared/contract/faults.ts';
import type { Outcome } from '#shared/shell/events.ts';
import type { Order, ToData } from '#shared/shell/process.ts';
import { setBackupsFolder } from '#core/versions/backup-folders.ts';
import { possiblePlaces } from '#core/versions/backup-folders.ts';
import { vacuumLive } from '#core/care/vacuum.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Log } from '#core/kernel/logger.ts';
import { isRecoveryOrder } from '#shared/shell/orders.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { acceptFile } from '#core/restore/accept.ts';
import { restoreForOlder, restoreInPlace } from '#core/restore/in-place.ts';
import type { ReplaceResult, ReplaceOptions } from '#core/restore/replace.ts';
import { salvageInPlace } from '#core/salvage/run.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateSandboxesBack } from '#core/workspace/migrate.ts';
import { errorFields } from './log-file.ts';
import type { Parent } from './parent.ts';
import { refusalOf } from './refusal.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

/** Executes an order that needs the file closed, and posts progress and result. Never rejects; resolves to whether it succeeded. */
export async function executeOrder(
  { workspace, pointed }: Extract<ToData, { kind: 'open' }>,
  order: Order,
  parent: Parent,
  log: Log,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const outcome = await runOrder(order, pointed, {
      actor: order.actor,
      recovery: isRecoveryOrder(order),
      files: workspaceFiles(workspace),
      ...systemServices(),
      holder: { kind: 'window', label: 'FRAMES window' },
      log,
      onProgress: (progress) => parent.postMessage({ kind: 'restoring', progress }),
      signal,
    });
    parent.postMessage({ kind: 'restored', outcome });
    return true;
  } catch (error) {
    log.error({ ...errorFields(error), order: order.what }, 'an order was not carried out');
    const { refused } = refusalOf(error, workspace);
    parent.postMessage({ kind: 'notRestored', refused });
    return false;
  }
}

async function runOrder(
  order: Order,
  pointed: string | undefined,
  context: ReplaceOptions,
): Promise<Outcome> {
  switch (order.what) {
    case 'restore': {
      const { id, another, what, place } = order;
      const readFrom = place == null ? undefined : await backupFolderOf(place, context.files.folder, pointed);
      return { what, ...pickOutcome(await restoreInPlace({ ...context, id, another, readFrom })) };
    }
    case 'salvage': {
      const { folder } = context.files;
      const owner = ownerName(processEnvironment());
      return {
        what: order.what,
        ...pickOutcome(await salvageInPlace({ ...context, folder, owner, searchedFolder: pointed })),
      };
    }
    case 'accept': {
      const { until = null, safety_usual = false } = (await acceptFile(context)) ?? {};
      return { what: order.what, until, safety_usual };
    }
    case 'vacuum': {
      const { before, after } = await vacuumLive({ ...context, actor: order.actor });
      return { what: order.what, before, after };
    }
    case 'goBack': {
      const workspace = context.files.folder;
      await restoreForOlder({ ...context, id: order.id }, (target) =>
        migrateSandboxesBack({ ...context, workspace, target }),
      );
      return { what: order.what };
    }
    case 'place': {
      const { into, what, actor } = order;
      const { usual } = await setBackupsFolder({ ...context, workspace: context.files.folder, into, actor });
      return { what, usual };
    }
  }
}

const pickOutcome = ({ counts, safety, safety_usual, displaced, gone, missing }: ReplaceResult) => ({
  counts,
  safety,
  safety_usual,
  displaced,
  gone,
  missing,
});

/** The folder of backups with this key. Throws WORKSPACE (`no_backups_place`) if it is unknown or not usable. */
async function backupFolderOf(key: string, workspace: string, pointed: string | undefined): Promise<string> {
  const folders = await possiblePlaces(workspace, pointed);
  const match = folders.find((candidate) => candidate.key === key && candidate.there);
  if (match) return match.folder;
  throw workspaceFault('no_backups_place', {});
}
