import { realpath } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import type { ExportedBackup } from '#shared/contract/backups.ts';
import { checkCancelled } from '../../progress.ts';
import type { WorkspaceFiles } from '../../db/files.ts';
import { isoTime } from '../../system.ts';
import type { Clock, Ids } from '../../system.ts';
import type { Tell } from '../../told-stream.ts';
import { writeAtomically } from '../../files/atomic-file.ts';
import { refuseOwnFile } from '../../files/own-files.ts';
import { refusal } from '../../files/refusal.ts';
import { programVersion } from '../../version.ts';
import { declared } from '../declared.ts';
import { withBackups } from '../lock.ts';
import { badBackup, packsOf } from '../manifest.ts';
import { readUsable } from '../read-manifest.ts';
import { DamagedPack } from '../pack/format.ts';
import { PageSource } from '../store.ts';
import { bytesIn } from './form.ts';
import { encrypted } from './passphrase.ts';
import { backupFile } from './write.ts';

export interface Exporting {
  /** Of the workspace whose backup it is. */
  files: WorkspaceFiles;
  id: string;
  /** Where the file is written. */
  path: string;
  /** What is there is replaced, unless that is encrypted and this is not. */
  replace?: boolean | undefined;
  /** Encrypts the file. */
  passphrase?: string | undefined;
  clock: Clock;
  ids: Ids;
  tell: Tell;
  signal: AbortSignal;
}

/**
 * Writes one backup as one `.frames` file, with all that it needs: the file is there whole, or not at all. Every page is checked on the
 * way. Throws BACKUP (missing, damaged, newer, early, foreign, unreadable), BAD_FILE with reason unwritable, no_folder, own_file, of_workspace,
 * there or encrypted_there, BUSY, CANCELLED.
 */
export async function exportBackup(exporting: Exporting): Promise<ExportedBackup> {
  const { files, id, path, signal } = exporting;
  try {
    await refuseAmongBackups(path, files);
    return await withBackups(files.backups, 'together', { signal }, async () => {
      const manifest = await readUsable(files.backups, id);
      await refuseOwnFile(path, files);
      const pages = new PageSource(packsOf(files.backups), manifest.packs);
      try {
        return { id, file: basename(path), bytes: await write(manifest, pages, exporting) };
      } finally {
        await pages.close();
      }
    });
  } catch (error) {
    throw declared(ofBackup(id, error));
  }
}

async function write(
  manifest: Awaited<ReturnType<typeof readUsable>>,
  pages: PageSource,
  { path, replace, passphrase, clock, ids, tell, signal }: Exporting,
): Promise<number> {
  const total = bytesIn(manifest);
  const step = (done: number): void => {
    checkCancelled(signal);
    tell({ kind: 'progress', step: 'writing', done, total });
  };
  const app = { name: 'FRAMES', version: programVersion() };
  const pieces = backupFile(manifest, pages, { app, created_at: isoTime(clock.now()) }, step);
  const writing = writeAtomically(
    path,
    ids.uuid(),
    passphrase === undefined ? pieces : encrypted(pieces, passphrase),
    { replace, encrypts: passphrase !== undefined },
  );
  for (;;) {
    const next = await writing.next();
    if (next.done) return next.value;
  }
}

/** A file among the backups would be taken for one of them, or be one. Throws BAD_FILE, reason own_file. */
async function refuseAmongBackups(path: string, { backups }: WorkspaceFiles): Promise<void> {
  const own = await realpath(backups).catch(() => null);
  const folder = await realpath(dirname(path)).catch(() => null);
  if (own === null || folder === null || !`${folder}${sep}`.startsWith(`${own}${sep}`)) return;
  throw refusal('own_file', `${basename(path)} would lie among the backups; choose another folder.`);
}

/** What is wrong with a pack is wrong with the backup. */
function ofBackup(id: string, error: unknown): unknown {
  if (!(error instanceof DamagedPack)) return error;
  const message = `Backup ${id} is damaged: a pack that it needs is not what was written: ${error.message}. Nothing was changed.`;
  return badBackup('damaged', id, message);
}
