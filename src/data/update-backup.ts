import { inspect } from '#core/kernel/db/inspect.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import type { Log } from '#core/kernel/logger.ts';
import { systemClock } from '#core/kernel/system.ts';
import { createBackup } from '#core/versions/create.ts';
import { errorFields } from './log-file.ts';

/**
 * Makes a verified backup before a new version of the program opens a workspace for the first time. A workspace with an older schema gets one when it
 * is migrated. A failure does not keep the workspace from being opened, because this version changes nothing of its form.
 */
export async function backUpBeforeUpdate(files: WorkspaceFiles, log: Log): Promise<void> {
  try {
    const found = inspect(files.live);
    if (found.kind !== 'ours' || found.version !== schemaVersion) return;
    const { id } = await createBackup({ files, reason: 'update', clock: systemClock, log });
    log.info({ backup: id }, 'backed up before the first start of a new version');
  } catch (error) {
    log.error(errorFields(error), 'no backup before the first start of a new version');
  }
}
