import { isFault } from '#shared/contract/faults.ts';
import { genesis } from '../log/audit/chain.ts';
import { hasDiscarded, readRecordedHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { listAllBackups } from '../versions/list.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import { readBackup } from '../versions/list.ts';
import { findOwnerId } from '../versions/backup-folders.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { reachedHead } from './chain.ts';

const emptyHead: Head = { id: 0, op_id: '', hash: genesis, hlc: null, created_at: null, changes: 1 };

/** A starting point: a backup, or null for an empty workspace, and how far the readable log continues it. */
export interface StartingPoint {
  manifest: BackupManifest | null;
  folder: string;
  /** The backup's head, and the head that the readable log leads to from there. */
  from: Head;
  reached: Head;
  /** Whether the damaged file or its recorded head names the backup's head. */
  isHeadFound: boolean;
  /** Whether a restore or reset has displaced the backup. */
  isDisplaced: boolean;
}

export interface StartingPoints {
  confirmed: StartingPoint[];
  /**
   * Backups whose head was not found, newest first: that part of the log is lost, or the backup belongs to another history. Those
   * displaced by a restore or reset come last.
   */
  unconfirmed: StartingPoint[];
  damaged: string[];
  /** Backups with an unreadable manifest, newest first. */
  unusable: string[];
  unreadableFolders: string[];
}

const hashQuery = 'SELECT 1 AS one FROM transactions WHERE hash = :hash OR previous_hash = :hash LIMIT 1';

/** The damaged workspace, and folders that can hold its backups. */
export interface BackupFolders {
  files: WorkspaceFiles;
  folders: readonly string[];
  log: Log;
}

/** The workspace's id, from its file or from the files next to it; null if unknown. */
export async function findWorkspaceId(
  { files, folders }: BackupFolders,
  scanDb: Connection,
): Promise<string | null> {
  const id = scanDb.get<{ value: string }>("SELECT value FROM facts WHERE key = 'id'")?.value;
  return id ?? findOwnerId(files, folders);
}

/** Null if the manifest can no longer be read. */
async function manifestOf(folder: string, id: string): Promise<BackupManifest | null> {
  try {
    return await readBackup(folder, id);
  } catch (error) {
    if (!isFault(error)) throw error;
    return null;
  }
}

/** Finds the starting points. The caller holds the lock of the backups. Lists unreadable folders and skips them. */
export async function findStartingPoints(
  { files, folders, log }: BackupFolders,
  scanDb: Connection,
  workspace: string | null,
): Promise<StartingPoints> {
  const recordedHead = readRecordedHead(files.head);
  const startingPoints: StartingPoints = {
    confirmed: [],
    unconfirmed: [],
    damaged: [],
    unusable: [],
    unreadableFolders: [],
  };
  const skipFolder = (error: unknown, folder: string): void => {
    log.warn({ error: String(error), folder }, 'a folder of backups not read');
    startingPoints.unreadableFolders.push(folder);
  };
  for (const { folder, backup } of await listAllBackups(folders, skipFolder)) {
    const { id, problem, verified, workspace: backupWorkspace } = backup;
    if (problem !== null) startingPoints.unusable.push(id);
    else if (backupWorkspace !== workspace) continue;
    else if (verified?.ok === false) startingPoints.damaged.push(id);
    else {
      const manifest = await manifestOf(folder, id);
      if (!manifest) {
        startingPoints.unusable.push(id);
        continue;
      }
      const { head } = manifest;
      const isHeadFound =
        head.hash === recordedHead?.hash || scanDb.get(hashQuery, { hash: head.hash }) !== undefined;
      const reached = isHeadFound ? reachedHead(scanDb, head) : head;
      startingPoints[isHeadFound ? 'confirmed' : 'unconfirmed'].push({
        manifest,
        folder,
        from: head,
        reached,
        isHeadFound,
        isDisplaced: !isHeadFound && hasDiscarded(recordedHead, manifest),
      });
    }
  }
  const reached = reachedHead(scanDb, emptyHead);
  const isHeadFound = reached.id > 0;
  startingPoints[isHeadFound ? 'confirmed' : 'unconfirmed'].push({
    manifest: null,
    folder: '',
    from: emptyHead,
    reached,
    isHeadFound,
    isDisplaced: false,
  });
  startingPoints.confirmed.sort((a, b) => b.reached.id - a.reached.id);
  startingPoints.unconfirmed.sort((a, b) => Number(a.isDisplaced) - Number(b.isDisplaced));
  return startingPoints;
}
