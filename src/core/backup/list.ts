import { readdir } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { backupId } from '#shared/domain/workspace-files.ts';
import { isDisplaced } from '../log/audit/head.ts';
import type { KeptHead } from '../log/audit/head.ts';
import { refuseMissingPlace } from '../kernel/backups-folder.ts';
import { insidesOf } from './inside.ts';
import type { BackupManifest } from './manifest.ts';
import { readUsable } from './read-manifest.ts';
import { readVerified } from './verified.ts';
import type { Verified } from './verified.ts';

/** Ids of what lies in the folder of backups, the newest first. */
export async function backupIds(backups: string): Promise<string[]> {
  refuseMissingPlace(backups);
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

/**
 * What a manifest says for people, what the latest check found, and by live's kept head whether it was replaced since: `own` is the id of
 * live's workspace, where that is known, as of no other anything was replaced here.
 */
export function describeBackup(
  manifest: BackupManifest,
  verified: Verified | null = null,
  kept: KeptHead | null = null,
  own: string | null = null,
): Backup {
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
    inside: insidesOf(manifest),
    problem: null,
    problem_code: null,
    verified,
    replaced: (own || workspace) === workspace && isDisplaced(kept, manifest),
  };
}

/** Every backup of several folders, the newest first, each once; a folder that cannot be read is passed over, and `pass` told why. */
export async function listAmong(
  folders: readonly string[],
  pass: (error: unknown, folder: string) => void,
): Promise<{ folder: string; backup: Backup }[]> {
  const all = new Map<string, { folder: string; backup: Backup }>();
  for (const folder of folders) {
    try {
      for (const backup of await listBackups(folder)) {
        const other = all.get(backup.id);
        if (!other || (other.backup.problem !== null && backup.problem === null))
          all.set(backup.id, { folder, backup });
      }
    } catch (error) {
      pass(error, folder);
    }
  }
  return [...all.values()].toSorted((one, two) => later(one.backup.id, two.backup.id));
}

/**
 * Every backup, the newest first; of one that cannot be used why, as far as its manifest tells. `kept` is live's kept head, for who wants
 * to know which were replaced since, and `own` the id of its workspace.
 */
export async function listBackups(
  backups: string,
  kept: KeptHead | null = null,
  own: string | null = null,
): Promise<Backup[]> {
  const all: Backup[] = [];
  for (const id of await backupIds(backups)) {
    all.push(await describe(backups, id, kept, own));
    // A manifest may be long: others get their turn between two.
    await breathe();
  }
  return all;
}

async function describe(
  backups: string,
  id: string,
  kept: KeptHead | null,
  own: string | null,
): Promise<Backup> {
  try {
    return describeBackup(await readUsable(backups, id), await readVerified(backups, id), kept, own);
  } catch (error) {
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    const nothing = { made: null, reason: '', app: '', schema_version: 0, workspace: '', counts: {} };
    return {
      id,
      ...nothing,
      bytes: 0,
      added: 0,
      contents: [],
      inside: [],
      problem: error.message,
      problem_code: reasonOf(error),
      verified: null,
      replaced: false,
    };
  }
}
