import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { declared } from './declared.ts';
import { sweep, workFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { packsOf } from './manifest.ts';
import { planPrune } from './prune-plan.ts';
import type { Planning, PrunePlan } from './prune-plan.ts';

export interface Pruning extends Omit<Planning, 'step'> {
  backups: string;
  log: Log;
  tell?: Tell | undefined;
  signal?: AbortSignal | undefined;
  /** Brings the names in a folder to the disk. */
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/** What pruning would do now. Nothing is changed. Throws BUSY, CANCELLED, and what keeps the backups from being read. */
export async function previewPrune(pruning: Pruning): Promise<PrunePlan> {
  const { backups, signal } = pruning;
  try {
    return await withBackups(backups, 'together', { signal }, () => planPrune(backups, planning(pruning)));
  } catch (error) {
    throw declared(error);
  }
}

/**
 * Removes the backups that the rule does not keep, and then the packs that nobody needs any more. In this order and with a wait for the disk
 * in between, so that wherever it is broken off each backup that is there is whole. It holds the backups alone: nobody makes, reads or
 * restores one meanwhile. Cancelling counts until the first one goes. Returns what was done. Throws BUSY, CANCELLED, and what keeps
 * the backups from being read or removed.
 */
export async function pruneBackups(pruning: Pruning): Promise<PrunePlan> {
  const { backups, log, signal, tell, sync = syncFolder } = pruning;
  try {
    return await withBackups(backups, 'alone', { signal }, async () => {
      await sweep(backups, log);
      const plan = await planPrune(backups, planning(pruning));
      checkCancelled(signal);
      tell?.({ kind: 'progress', step: 'pruning', done: 0, total: plan.goes.length + plan.packs.length });
      if (plan.goes.length > 0) await removeManifests(backups, plan, sync);
      if (plan.packs.length > 0) await removePacks(packsOf(backups), plan, sync);
      return plan;
    });
  } catch (error) {
    throw declared(error);
  }
}

function planning({ policy, now, only, tell, signal }: Pruning): Planning {
  const step = (done: number, total: number): void => {
    checkCancelled(signal);
    tell?.({ kind: 'progress', step: 'reading', done, total });
  };
  return { policy, now, only, step };
}

type Sync = (folder: string) => Promise<void>;

/** Takes whole backups away by a name each, and deletes them only when those names are surely gone. */
async function removeManifests(backups: string, { goes }: PrunePlan, sync: Sync): Promise<void> {
  const gone = await workFolder(backups, 'pruned');
  for (const { id } of goes) await rename(join(backups, id), join(gone, id));
  for (const folder of [gone, backups]) await sync(folder);
  await rm(gone, { recursive: true, force: true });
}

async function removePacks(packs: string, { packs: names }: PrunePlan, sync: Sync): Promise<void> {
  for (const name of names) await rm(join(packs, name), { force: true });
  await sync(packs);
}
