import { readdir } from 'node:fs/promises';
import { isFault } from '#shared/contract/faults.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { backupId, readManifest } from './manifest.ts';
import type { BackupManifest } from './manifest.ts';

/** Ids of what lies in the folder of backups, the newest first. */
export async function backupIds(backups: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(backups);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names.filter((name) => backupId.test(name)).toSorted(later);
}

/** By moment, and of one moment by number. */
function later(a: string, b: string): number {
  const [[one, two], [numberOne, numberTwo]] = [
    [a.slice(0, 19), b.slice(0, 19)],
    [Number(a.slice(20) || '1'), Number(b.slice(20) || '1')],
  ];
  return one === two ? numberTwo - numberOne : one < two ? 1 : -1;
}

/** What a manifest says for people. */
export function describeBackup(manifest: BackupManifest): Backup {
  const { id, made, reason, schema_version, workspace, counts, contents, added, app } = manifest;
  const bytes = contents.reduce((sum, one) => sum + one.bytes, 0);
  const files = contents.map(({ name }) => name);
  return {
    id,
    made,
    reason,
    app,
    schema_version,
    workspace,
    counts,
    bytes,
    added,
    contents: files,
    problem: null,
  };
}

/** Every backup, the newest first; of one whose manifest cannot be read why. */
export async function listBackups(backups: string): Promise<Backup[]> {
  const ids = await backupIds(backups);
  return Promise.all(
    ids.map(async (id): Promise<Backup> => {
      try {
        return describeBackup(await readManifest(backups, id));
      } catch (error) {
        if (!isFault(error) || error.code !== 'BACKUP') throw error;
        const nothing = { made: null, reason: '', app: '', schema_version: 0, workspace: '', counts: {} };
        return { id, ...nothing, bytes: 0, added: 0, contents: [], problem: error.message };
      }
    }),
  );
}
