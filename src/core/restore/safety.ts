import { isFault } from '#shared/contract/faults.ts';
import { createBackup } from '../versions/create.ts';
import type { BackupOptions } from '../versions/create.ts';
import { ask } from '../kernel/db/ask.ts';
import { ownBackups } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { isCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import type { LiveNow } from '../log/closed-live.ts';

interface Keeping extends Pick<BackupOptions, 'files' | 'clock' | 'log' | 'tell'> {
  recovery?: boolean | undefined;
  signal: AbortSignal;
}

/** The backup of what something else takes the place of. */
export interface Safety {
  safety: string;
  /** Whether it lies in the workspace's own folder, as nothing could be written to the place of today. */
  safety_usual: boolean;
}

/**
 * Backs live up before something takes its place. Where live is to be recovered and the place of backups is not there, or takes nothing, the
 * backup goes to the workspace's own folder: a drive that is gone keeps nobody from recovering. Throws as `createBackup`.
 */
export async function keepSafe(keeping: Keeping, reason: string, live: LiveNow): Promise<Safety> {
  const { files, clock, log, tell, signal } = keeping;
  const into = async (backups: string): Promise<string> =>
    (await createBackup({ files: { ...files, backups }, reason, clock, log, tell, signal })).id;
  const own = ownBackups(files.folder);
  try {
    return { safety: await into(files.backups), safety_usual: false };
  } catch (error) {
    if (files.backups === own || !isOfPlace(error) || !(await isRecovered(keeping, live))) throw error;
    log.warn({ error: String(error) }, "what is replaced is backed up in the workspace's own folder");
    return { safety: await into(own), safety_usual: true };
  }
}

/** Whether live itself is what no backup can be made of. */
export const isLost = (error: unknown): boolean =>
  isFault(error) &&
  error.code === 'WORKSPACE' &&
  ['damaged', 'foreign', 'empty', 'missing', 'lost'].includes((error.data as { reason: string }).reason);

/** Whether it may be the place that a backup could not be made in, and neither live nor whoever gave it up. */
const isOfPlace = (error: unknown): boolean =>
  !isLost(error) && !(isFault(error) && ['CANCELLED', 'BUSY'].includes(error.code));

/** Whether live cannot be gone on with: it was found damaged, or lacks what was written down beside it. */
async function isRecovered(keeping: Keeping, { behind }: LiveNow): Promise<boolean> {
  const { files, recovery } = keeping;
  return recovery === true || behind !== null || isCorruptionRecorded(files) || isDamaged(keeping);
}

async function isDamaged({ files, log, signal }: Keeping): Promise<boolean> {
  try {
    const db = openConnection(files.live, { mode: 'read', log, slow: 60_000 });
    try {
      const [rows] = await ask({ file: files.live, db, log, signal }, ['PRAGMA integrity_check(1)']);
      return rows?.[0]?.['integrity_check'] !== 'ok';
    } finally {
      db.close();
    }
  } catch (error) {
    if (['damaged', 'foreign'].includes(troubleOf(error)?.reason ?? '')) return true;
    throw error;
  }
}
