import { setImmediate as breathe } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import { standsIn } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { backupIds } from './list.ts';
import type { BackupManifest } from './manifest.ts';
import { readUsable } from './read-manifest.ts';
import { readVerified } from './verified.ts';
import type { Verified } from './verified.ts';

export interface NewestBackup {
  manifest: BackupManifest;
  verified: Verified | null;
}

/**
 * The newest backup of a workspace that can be used: the one that has most of its log, whatever clocks said when it was made. One of another
 * workspace, one whose end is not in the log, and one that a check found damaged are none. Null where there is none.
 */
export async function newestBackup(backups: string, read: ReadHandle): Promise<NewestBackup | null> {
  const { id: workspace } = readFacts(read);
  let newest: NewestBackup | null = null;
  for (const id of await backupIds(backups)) {
    const manifest = await usable(backups, id);
    await breathe();
    if (manifest?.workspace !== workspace || !standsIn(read, manifest.head)) continue;
    if (newest && manifest.head.id <= newest.manifest.head.id) continue;
    const verified = await readVerified(backups, id);
    if (verified?.ok !== false) newest = { manifest, verified };
  }
  return newest;
}

async function usable(backups: string, id: string): Promise<BackupManifest | null> {
  try {
    return await readUsable(backups, id);
  } catch (error) {
    if (isFault(error) && error.code === 'BACKUP') return null;
    throw error;
  }
}
