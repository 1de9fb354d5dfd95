import { realpath } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import type { ExportedBackup } from '#shared/contract/backups.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { Ids } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { asDeclaredFault } from './declared-fault.ts';
import { versionBytes } from './file.ts';
import { backupFile, readBackup } from './list.ts';
import { withVersionsLock } from '../kernel/folder-lock.ts';
import { BadVersion, versionFault } from './manifest.ts';
import { encryptContent } from '../kernel/files/passphrase.ts';

export interface ExportOptions {
  files: WorkspaceFiles;
  id: string;
  path: string;
  /** Replaces an existing file, unless that file is encrypted and the export is not. */
  replace?: boolean | undefined;
  passphrase?: string | undefined;
  /** The actor, if no workspace is open. */
  actor?: string | undefined;
  ids: Ids;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/**
 * Writes a backup to a file elsewhere, encrypted if a passphrase is given, completely and verified or not at all. Throws BACKUP (missing,
 * damaged, newer, foreign, unreadable), BAD_FILE with reason unwritable, no_folder, own_file, of_workspace, there or encrypted_there, BUSY,
 * CANCELLED.
 */
export async function exportBackup(options: ExportOptions): Promise<ExportedBackup> {
  const { files, id, path, passphrase, actor, log, signal } = options;
  try {
    await refuseAmongBackups(path, files);
    const bytes = await withVersionsLock(files.backups, 'shared', { signal }, () => writeBackup(options));
    log.info({ backup: id, actor, bytes, encrypted: passphrase !== undefined }, 'backup exported');
    return { id, file: basename(path), bytes };
  } catch (error) {
    const fault = asDeclaredFault(
      error instanceof BadVersion ? versionFault(error, { kind: 'backup', id }) : error,
    );
    log.warn({ backup: id, error: String(fault) }, 'backup not exported');
    throw fault;
  }
}

async function writeBackup(options: ExportOptions): Promise<number> {
  const { files, id, path, replace, passphrase, ids, onProgress, signal } = options;
  const { stored_bytes: total } = await readBackup(files.backups, id);
  await refuseOwnFile(path, files);
  async function* pieces(): AsyncGenerator<Buffer, void, void> {
    let done = 0;
    for await (const bytes of versionBytes(backupFile(files.backups, id))) {
      checkCancelled(signal);
      done += bytes.length;
      onProgress({ kind: 'progress', step: 'writing', done, total: Math.max(done, total) });
      // The buffer is reused for the piece after next.
      yield Buffer.from(bytes);
    }
  }
  const { content, encrypts } = encryptContent(passphrase, pieces());
  return writeAtomically(path, ids.uuid(), content, { replace, encrypts });
}

/** Throws BAD_FILE, reason own_file, for a file among the backups. */
async function refuseAmongBackups(path: string, { backups }: WorkspaceFiles): Promise<void> {
  const backupsPath = await realpath(backups).catch(() => null);
  const folder = await realpath(dirname(path)).catch(() => null);
  if (backupsPath === null || folder === null || !`${folder}${sep}`.startsWith(`${backupsPath}${sep}`))
    return;
  throw fileRefusal('own_file', { file: basename(path) });
}
