import { isFault } from '#shared/contract/faults.ts';
import { createBackup } from '../versions/create.ts';
import type { BackupOptions } from '../versions/create.ts';
import { runLongQueries } from '../kernel/db/long-queries.ts';
import { defaultBackupsFolder } from '../kernel/backups-folder.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { isCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';
import type { ClosedLive } from '../log/closed-live.ts';

interface SafetyOptions extends Pick<BackupOptions, 'files' | 'clock' | 'log' | 'onProgress'> {
  recovery?: boolean | undefined;
  signal: AbortSignal;
}

/** The backup of live before its replacement. */
export interface Safety {
  safety: string;
  /** Whether the backup is in the workspace's own folder because the current one was not writable. */
  safety_usual: boolean;
}

/**
 * Backs live up before its replacement. If live is unusable and the folder of backups is too, uses the workspace's own folder: a missing
 * drive must not prevent recovery. Throws as `createBackup`.
 */
export async function makeSafetyBackup(
  options: SafetyOptions,
  reason: string,
  live: ClosedLive,
): Promise<Safety> {
  const { files, clock, log, onProgress, signal } = options;
  const backUpInto = async (backups: string): Promise<string> =>
    (await createBackup({ files: { ...files, backups }, reason, clock, log, onProgress, signal })).id;
  const ownFolder = defaultBackupsFolder(files.folder);
  try {
    return { safety: await backUpInto(files.backups), safety_usual: false };
  } catch (error) {
    if (files.backups === ownFolder || !isAboutFolder(error) || !(await isLiveUnusable(options, live)))
      throw error;
    log.warn({ error: String(error) }, "what is replaced is backed up in the workspace's own folder");
    return { safety: await backUpInto(ownFolder), safety_usual: true };
  }
}

/** Whether the error is about live itself. */
export const isAboutLive = (error: unknown): boolean =>
  isFault(error) &&
  error.code === 'WORKSPACE' &&
  ['damaged', 'foreign', 'empty', 'missing', 'lost'].includes((error.data as { reason: string }).reason);

/** Whether the folder of backups can be the cause, rather than live or a cancellation. */
const isAboutFolder = (error: unknown): boolean =>
  !isAboutLive(error) && !(isFault(error) && ['CANCELLED', 'BUSY'].includes(error.code));

/** Whether live is unusable: damaged, or lacking recorded changes. */
async function isLiveUnusable(options: SafetyOptions, { missingTail }: ClosedLive): Promise<boolean> {
  const { files, recovery } = options;
  return recovery === true || missingTail !== null || isCorruptionRecorded(files) || isLiveCorrupt(options);
}

async function isLiveCorrupt({ files, log, signal }: SafetyOptions): Promise<boolean> {
  try {
    using db = openConnection(files.live, { mode: 'read', log, slowMs: 60_000 });
    const [rows] = await runLongQueries({ file: files.live, db, log, signal }, ['PRAGMA integrity_check(1)']);
    return rows?.[0]?.['integrity_check'] !== 'ok';
  } catch (error) {
    if (['damaged', 'foreign'].includes(troubleOf(error)?.reason ?? '')) return true;
    throw error;
  }
}
