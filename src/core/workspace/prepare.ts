import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import type { AuditSource } from '../audit/write.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Holder } from '../db/holders.ts';
import { inspect } from '../db/inspect.ts';
import { lockExclusive } from '../db/lock.ts';
import { refuseNewer, schemaVersion } from '../db/migrate.ts';
import type { Log } from '../log.ts';
import { createWorkspace, refuseStrangers } from './create.ts';
import type { NewWorkspace } from './create.ts';
import { migrateWorkspace, schemaStatus } from './migrate.ts';

/** How long to wait for somebody who makes or migrates the workspace at this moment, in milliseconds. */
const patience = 3000;

export interface Preparation {
  files: WorkspaceFiles;
  create?: NewWorkspace | undefined;
  source: Omit<AuditSource, 'replica'>;
  log: Log;
  holder: Holder;
}

/**
 * Sees to it that there is a live file with today's schema: makes one when it is missing and wanted, brings an older one forward
 * after a copy. Throws WORKSPACE with reason missing, empty, foreign, damaged, unreadable, newer or not_empty_folder; BUSY.
 */
export async function prepareWorkspace(preparation: Preparation): Promise<void> {
  const { files, create, source, log, holder } = preparation;
  if (create && inspect(files.live).kind === 'missing') {
    refuseStrangers(files);
    mkdirSync(files.folder, { recursive: true });
    await patiently(async () => {
      // Two programs may find it missing at once: whoever comes second finds it there, and perhaps in use.
      if (inspect(files.live).kind !== 'missing') return;
      const lock = lockExclusive(files.lock);
      try {
        if (inspect(files.live).kind === 'missing') await createWorkspace(files, create, source, log);
      } finally {
        lock.release();
      }
    });
  }
  const { version } = schemaStatus(files.folder);
  refuseNewer(version);
  if (version === schemaVersion) return;
  const { clock, ids } = source;
  const wanted = { workspace: files.folder, target: schemaVersion, clock, ids, log, holder };
  await patiently(async () => {
    if (schemaStatus(files.folder).version !== schemaVersion) await migrateWorkspace(wanted);
  });
}

/** Does it again for a while when the workspace is busy. Throws what the last try throws. */
export async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += 50) {
    try {
      return await attempt();
    } catch (error) {
      if (!isFault(error) || error.code !== 'BUSY' || waited >= patience) throw error;
      await sleep(50);
    }
  }
}
