import { isFault } from '#shared/contract/faults.ts';
import { createBackup } from '../versions/create.ts';
import type { BackupOptions } from '../versions/create.ts';
import { askDatabase } from '../kernel/db/ask.ts';
import { ownBackups } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { isCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import type { LiveNow } from '../log/closed-live.ts';

interface Keeping extends Pick<BackupOptions, 'files' | 'clock' | 'log' | 'onProgress'> {
  recovery?: boolean | undefined;
  signal: AbortSignal;
}

/** The backup of live before its replacement. */
export interface Safety {
  safety: string;
  /** Whether it is in the workspace's own folder because the current one was not writable. */
  safety_usual: boolean;
}

/**
 * Backs live up before its replacement. For a recovery, an unavailable folder of backups is replaced by the workspace's own, so that a
 * missing drive does not prevent recovering. Throws as `createBackup`.
 */
export async function keepSafe(keeping: Keeping, reason: string, live: LiveNow): Promise<Safety> {
  const { files, clock, log, onProgress, signal } = keeping;
  const into = async (backups: string): Promise<string> =>
    (await createBackup({ files: { ...files, backups }, reason, clock, log, onProgress, signal })).id;
  const own = ownBackups(files.folder);
  try {
    return { safety: await into(files.backups), safety_usual: false };
  } catch (error) {
    if (files.backups === own || !isOfPlace(error) || !(await isRecovered(keeping, live))) throw error;
    log.warn({ error: String(error) }, "what is replaced is backed up in the workspace's own folder");
    return { safety: await into(own), safety_usual: true };
  }
}

/** Whether the error is about live itself. */
export const isLost = (error: unknown): boolean =>
  isFault(error) &&
  error.code === 'WORKSPACE' &&
  ['damaged', 'foreign', 'empty', 'missing', 'lost'].includes((error.data as { reason: string }).reason);

/** Whether the folder of backups may be the cause, rather than live or a cancellation. */
const isOfPlace = (error: unknown): boolean =>
  !isLost(error) && !(isFault(error) && ['CANCELLED', 'BUSY'].includes(error.code));

/** Whether live is unusable: damaged, or lacking recorded changes. */
async function isRecovered(keeping: Keeping, { behind }: LiveNow): Promise<boolean> {
  const { files, recovery } = keeping;
  return recovery === true || behind !== null || isCorruptionRecorded(files) || isDamaged(keeping);
}

async function isDamaged({ files, log, signal }: Keeping): Promise<boolean> {
  try {
    const db = openConnection(files.live, { mode: 'read', log, slow: 60_000 });
    try {
      const [rows] = await askDatabase({ file: files.live, db, log, signal }, ['PRAGMA integrity_check(1)']);
      return rows?.[0]?.['integrity_check'] !== 'ok';
    } finally {
      db.close();
    }
  } catch (error) {
    if (['damaged', 'foreign'].includes(troubleOf(error)?.reason ?? '')) return true;
    throw error;
  }
}
