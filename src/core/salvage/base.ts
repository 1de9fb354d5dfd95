import { isFault } from '#shared/contract/faults.ts';
import { genesis } from '../log/audit/chain.ts';
import { isDisplaced, keptHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { listAmong } from '../versions/list.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import { readBackup } from '../versions/list.ts';
import { ownerBy } from '../versions/place.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { reachedFrom } from './chain.ts';

const empty: Head = { id: 0, op_id: '', hash: genesis, hlc: null, created_at: null, changes: 1 };

/** A backup to begin with, or null for an empty workspace, and how far the readable log continues it. */
export interface Base {
  manifest: BackupManifest | null;
  folder: string;
  from: Head;
  reached: Head;
  sure: boolean;
  /** Whether another file has replaced it. */
  displaced: boolean;
}

/** Candidates to begin with. */
export interface Bases {
  sure: Base[];
  /**
   * Backups whose end was not read, newest first: that part of the log is lost, or they are of another line. Those displaced by a restore
   * or reset come last.
   */
  unsure: Base[];
  damaged: string[];
  /** Backups with an unreadable manifest, newest first. */
  unusable: string[];
  closed: string[];
}

const named = 'SELECT 1 AS one FROM transactions WHERE hash = :hash OR previous_hash = :hash LIMIT 1';

/** The damaged workspace, and folders that may hold its backups. */
export interface BackupPlaces {
  files: WorkspaceFiles;
  folders: readonly string[];
  log: Log;
}

/** The workspace's id, from its file or from the files next to it; null if unknown. */
export async function workspaceOf(
  { files, folders }: BackupPlaces,
  found: Connection,
): Promise<string | null> {
  const id = found.get<{ value: string }>("SELECT value FROM facts WHERE key = 'id'")?.value;
  return id ?? ownerBy(files, folders);
}

/** Null if the disk fails to read it again. */
async function manifestOf(folder: string, id: string): Promise<BackupManifest | null> {
  try {
    return await readBackup(folder, id);
  } catch (error) {
    if (!isFault(error)) throw error;
    return null;
  }
}

/** Finds the candidates. The caller holds the lock of the backups. Unreadable folders are skipped. */
export async function basesOf(
  { files, folders, log }: BackupPlaces,
  found: Connection,
  workspace: string | null,
): Promise<Bases> {
  const kept = keptHead(files.head);
  const bases: Bases = { sure: [], unsure: [], damaged: [], unusable: [], closed: [] };
  const pass = (error: unknown, folder: string): void => {
    log.warn({ error: String(error), folder }, 'a folder of backups not read');
    bases.closed.push(folder);
  };
  for (const { folder, backup } of await listAmong(folders, pass)) {
    const { id, problem, verified, workspace: of } = backup;
    if (problem !== null) bases.unusable.push(id);
    else if (of !== workspace) continue;
    else if (verified?.ok === false) bases.damaged.push(id);
    else {
      const manifest = await manifestOf(folder, id);
      if (!manifest) {
        bases.unusable.push(id);
        continue;
      }
      const { head } = manifest;
      const sure = head.hash === kept?.hash || found.get(named, { hash: head.hash }) !== undefined;
      const reached = sure ? reachedFrom(found, head) : head;
      bases[sure ? 'sure' : 'unsure'].push({
        manifest,
        folder,
        from: head,
        reached,
        sure,
        displaced: !sure && isDisplaced(kept, manifest),
      });
    }
  }
  const reached = reachedFrom(found, empty);
  const sure = reached.id > 0;
  bases[sure ? 'sure' : 'unsure'].push({
    manifest: null,
    folder: '',
    from: empty,
    reached,
    sure,
    displaced: false,
  });
  bases.sure.sort((one, two) => two.reached.id - one.reached.id);
  bases.unsure.sort((one, two) => Number(one.displaced) - Number(two.displaced));
  return bases;
}
