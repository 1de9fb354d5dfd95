import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isLarge } from '../kernel/db/in-worker.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import { startWorkers } from '../kernel/workers/worker-pool.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { programVersion } from '../kernel/version.ts';
import { takeBesides } from './besides.ts';
import type { Besides } from './besides.ts';
import { checkImage, notingLive } from './check-image.ts';
import { declared, refuseSandbox } from './declared.ts';
import { keep, stepOf } from './keep.ts';
import type { Source } from './keep.ts';
import { sweep, workFolder } from './leftovers.ts';
import { withBackups } from './lock.ts';
import { packsOf } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';

export interface BackupOptions {
  files: WorkspaceFiles;
  /** Why it is made: asked, daily, import, migrate, moment, promote, restore, vacuum. */
  reason: string;
  clock: Clock;
  log: Log;
  /** What it holds besides live; nothing unless told. */
  besides?: Besides | undefined;
  /** A file that is kept with it, such as the one about to be imported. */
  along?: string | undefined;
  tell?: Tell | undefined;
  signal?: AbortSignal | undefined;
  /** Brings the names in a folder to the disk. */
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/**
 * Makes a backup of the live file in `backups/<UTC stamp>/`: a manifest that says what it is, and packs in `backups/packs/` with those
 * pages that no earlier backup holds. The copy is of one state of the file, is checked as a whole, and what was written is read back,
 * before the manifest gets its name; what breaks off on the way leaves no backup. Returns its manifest. Throws WORKSPACE (damaged, full and
 * what else keeps it from being read or written; sandbox, where one is open), BUSY while others work on these backups for long, CANCELLED.
 */
export async function createBackup(options: BackupOptions): Promise<BackupManifest> {
  const { files, log, signal } = options;
  const { backups } = files;
  try {
    refuseSandbox(files);
    checkCancelled(signal);
    refuseMissingPlace(backups);
    mkdirSync(packsOf(backups), { recursive: true });
    return await withBackups(backups, 'alone', { signal }, async () => {
      await sweep(backups, log);
      return build(options);
    });
  } catch (error) {
    throw declared(error);
  }
}

async function build(options: BackupOptions): Promise<BackupManifest> {
  const { files, clock, log, along, signal } = options;
  const made = isoTime(clock.now());
  const building = await workFolder(files.backups, 'building');
  try {
    const image = join(building, 'image');
    // Copying takes one of them; storing, the check of the pages and that of the log take three.
    if (isLarge(files.live)) startWorkers(3);
    const step = stepOf(options, 'copying');
    await notingLive(options, () => copyFile(files.live, image, { log, step, passing: true }));
    const sources: Source[] = [{ path: image, name: 'live' }];
    if (along !== undefined) sources.push({ path: along, name: `source-${basename(along)}` });
    if (options.besides) sources.push(...(await takeBesides(options.besides, building, options)));
    const about = { made, reason: options.reason, app: programVersion() };
    const check = (): Promise<void> => notingLive(options, () => checkImage(image, { log, clock, signal }));
    return await keep({ ...options, building, sources, about, check });
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}
