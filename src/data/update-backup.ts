import { inspectFile } from '#core/kernel/db/inspect.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import type { Log } from '#core/kernel/logger.ts';
import { systemClock } from '#core/kernel/system.ts';
import { createBackup } from '#core/versions/create.ts';
import { errorFields } from './log-file.ts';

/**
 * Makes a verified backup before a new program version first opens a workspace. Skips older schemas, because
 * their migration makes its own backup. A failure is only logged: this version does not change the file
 * format.
 */
export async function backUpBeforeUpdate(files: WorkspaceFiles, log: Log): Promise<void> {
  try {
    const inspection = inspectFile(files.live);
    if (inspection.kind !== 'ours' || inspection.version !== schemaVersion) return;
    const { id } = await createBackup({ files, reason: 'update', clock: systemClock, log });
    log.info({ backup: id }, 'backed up before the first start of a new version');
  } catch (error) {
    log.error(errorFields(error), 'no backup before the first start of a new version');
  }
}
