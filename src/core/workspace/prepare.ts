import { mkdirSync } from 'node:fs';
import { homeOf } from '#shared/domain/target.ts';
import { keepHead, keptHead } from '../log/audit/head.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { inspect } from '../kernel/db/inspect.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { refuseNewer, schemaVersion } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { settleRestore } from '../kernel/swap/settle.ts';
import { checkSandbox } from '../log/sandbox-look.ts';
import { knownHead } from '../versions/named-head.ts';
import { createWorkspace } from './create.ts';
import { refuseForeignFolder } from '../kernel/db/strangers.ts';
import type { NewWorkspace } from './create.ts';
import { migrateWorkspace, schemaStatus } from './migrate.ts';

async function keepKnownHead(files: WorkspaceFiles, log: Log): Promise<void> {
  const known = await knownHead(files, log);
  if (known && !keptHead(files.head)) keepHead(files.head, known, true);
}

export interface Preparation {
  files: WorkspaceFiles;
  create?: NewWorkspace | undefined;
  source: Omit<AuditSource, 'replica'>;
  log: Log;
  holder: Holder;
}

/**
 * Ensures that the file exists with the current schema: creates live if missing and requested, checks a sandbox, and migrates, after
 * backing live up. Throws WORKSPACE with reason missing, empty, foreign, damaged, unreadable, newer or not_empty_folder; BUSY; NOT_FOUND
 * for a sandbox.
 */
export async function prepareWorkspace(preparation: Preparation): Promise<void> {
  const { files, create, source, log, holder } = preparation;
  await settleRestore(files, log);
  if (files.target.kind === 'sandbox') checkSandbox(files, files.target.id);
  else if (create && inspect(files.live).kind === 'missing') {
    refuseForeignFolder(files);
    mkdirSync(files.folder, { recursive: true });
    await retryWhileBusy(async () => {
      // Two processes may create it at once; the second one finds it, possibly in use.
      if (inspect(files.live).kind !== 'missing') return;
      const lock = lockExclusive(files.lock);
      try {
        if (inspect(files.live).kind === 'missing') await createWorkspace(files, create, source, log);
      } finally {
        lock.release();
      }
    });
  }
  await keepKnownHead(files, log);
  const { folder } = files;
  const of = homeOf(files.target);
  const { version } = schemaStatus(folder, of);
  refuseNewer(version);
  if (version === schemaVersion) return;
  const { clock, ids } = source;
  const wanted = { workspace: folder, of, target: schemaVersion, clock, ids, log, holder };
  await retryWhileBusy(async () => {
    if (schemaStatus(folder, of).version !== schemaVersion) await migrateWorkspace(wanted);
  });
}
