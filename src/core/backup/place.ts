import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { backupsOf, elsewhere, isElsewhere, isPlaceThere, placeFile } from '../kernel/backups-folder.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { boardOf } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { tidier } from '../kernel/db/sidecar-cleanup.ts';
import { permitBackups } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readAnyLive } from '../restore/live.ts';
import type { LiveNow } from '../restore/live.ts';
import { actorOf } from '../log/session.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { declared } from './declared.ts';
import { rememberPlace } from './former.ts';
import { ownerBy, readablePlaces } from './places.ts';

export interface BackupPlace {
  /** The folder in which the backups lie. */
  folder: string;
  /** Whether it is that of the workspace, and none that was chosen. */
  usual: boolean;
  /** Whether it can be used; a chosen one is missing when its drive is. */
  there: boolean;
}

/** Where the backups of a workspace lie. */
export function placeOfBackups(workspace: string): BackupPlace {
  const folder = backupsOf(workspace);
  return { folder, usual: !isElsewhere(folder), there: isPlaceThere(folder) };
}

interface Choosing {
  workspace: string;
  /** The folder in which one for the backups is made; null for the workspace's own. */
  into: string | null;
  /** Who acts, by id or name; else the first profile. */
  actor?: string | undefined;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Says where the backups of a workspace lie from now on, on this computer. Those that are there stay where they are. Nobody may have the
 * workspace open. For admins, also of a file that lacks changes; where the workspace cannot be read, for whoever points to the one folder of backups that lies there. Throws
 * WORKSPACE (missing; bad_backups_place for one that cannot be used), FORBIDDEN, UNKNOWN_ACTOR, BUSY, CANCELLED.
 */
export async function choosePlace({ workspace, into, actor, log, signal }: Choosing): Promise<BackupPlace> {
  const files = workspaceFiles(workspace);
  if (!existsSync(workspace)) throw refusal('missing', 'There is no such workspace.');
  const tidy = tidier(files.live);
  try {
    const lock = lockExclusive(files.lock, () => boardOf(files.holders)[0] ?? null);
    try {
      const live = readAnyLive({ files, actor, log });
      if (live) permitBackups(actorOf(live.by));
      const id = live ? await idOf(files, live) : undefined;
      checkCancelled(signal);
      const before = backupsOf(workspace);
      const folder = into === null ? null : await prepared(outside(into, workspace), id, signal);
      // Writing to a slow drive takes its time.
      checkCancelled(signal);
      // First: what cannot be noted any more must not be left. One that is noted and not left is today's, and in no list of former ones.
      if (before !== folder) await rememberPlace(workspace, before);
      if (folder === null) rmSync(placeFile(workspace), { force: true });
      else writeFileAtomicSync(placeFile(workspace), `${JSON.stringify({ format: 1, folder })}\n`);
      await syncFolder(workspace);
      return placeOfBackups(workspace);
    } finally {
      tidy();
      lock.release();
    }
  } catch (error) {
    throw declared(error);
  }
}

/** Of the workspace; another's file may have been put in the place of its own. */
const idOf = async (files: WorkspaceFiles, { behind, workspace }: LiveNow): Promise<string> =>
  (behind && (await ownerBy(files, await readablePlaces(files.folder)))) ?? workspace;

const refusal = (reason: WorkspaceReason, message: string): Fault =>
  new Fault('WORKSPACE', `${message} Nothing was changed.`, { reason });
const bad = (message: string): Fault => refusal('bad_backups_place', message);

/** Where a folder really is. Throws for one that is missing, or lies in the workspace. */
function outside(into: string, workspace: string): string {
  let folder: string;
  try {
    folder = realpathSync(into);
    if (!lstatSync(folder).isDirectory()) throw bad(`${into} is no folder.`);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw bad(`There is no folder ${into}, or it cannot be read.`);
  }
  if (`${folder}${sep}`.startsWith(`${realpathSync(workspace)}${sep}`))
    throw bad('The folder lies in the workspace itself: choose one elsewhere, or "default".');
  return folder;
}

/**
 * Makes the folder for the backups where it is not there, and sees that it can be written. Without `id` it must be there. Where it was given
 * up meanwhile, one that was made is gone again.
 */
async function prepared(
  into: string,
  id: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const name = id === undefined ? onlyOne(into) : `frames-backups-${id}`;
  if (!elsewhere.test(name)) throw bad('The id of this workspace can be no name of a folder.');
  const folder = join(into, name);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw bad(`${folder} is no folder.`);
  try {
    if (!found) mkdirSync(folder);
    await rmdir(await mkdtemp(join(folder, '.verify-')));
    await syncFolder(into);
  } catch (error) {
    throw bad(`${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (signal?.aborted && !found) await rmdir(folder).catch(() => {});
  return folder;
}

function onlyOne(into: string): string {
  const [name, other] = readdirSync(into).filter((one) => elsewhere.test(one));
  if (name !== undefined && other === undefined) return name;
  throw bad('The workspace cannot be read, and there is not one folder of backups of it there.');
}
