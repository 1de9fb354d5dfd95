import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { createBackup } from '../backup/create.ts';
import { declared } from '../backup/declared.ts';
import { sweep, workFolder } from '../backup/leftovers.ts';
import { withBackups } from '../backup/lock.ts';
import { badBackup, liveOf, readUsable } from '../backup/manifest.ts';
import type { BackupManifest } from '../backup/manifest.ts';
import { retrieveLive } from '../backup/restore-into.ts';
import { checkRoom } from '../backup/room.ts';
import type { Verifying } from '../backup/verify.ts';
import { keepHead } from '../audit/head.ts';
import { workspaceFiles } from '../db/files.ts';
import { joinBoard } from '../db/holders.ts';
import type { Holder } from '../db/holders.ts';
import { lockExclusive } from '../db/lock.ts';
import { schemaVersion } from '../db/migrate.ts';
import { tidier } from '../db/tidier.ts';
import { permitRestore } from '../entities/permit.ts';
import { checkCancelled } from '../progress.ts';
import { actorOf } from '../session.ts';
import { isoTime } from '../system.ts';
import type { Ids, Random } from '../system.ts';
import { realDisk } from './disk.ts';
import type { Disk } from './disk.ts';
import { bringForward, noteRestored, profileIn } from './image.ts';
import { closeLive, readLive } from './live.ts';
import type { LiveNow } from './live.ts';
import { clear, settleHeld } from './settle.ts';
import { placesOf, swap } from './swap.ts';

export interface RestoreInPlace extends Verifying {
  /** Who acts, by id or name; else the first profile of live, or where that is lost, of the backup. */
  actor?: string | undefined;
  /** The backup may be of another workspace, whose place it takes. */
  another?: boolean | undefined;
  ids: Ids;
  random: Random;
  /** What others who wait for the file are told. */
  holder: Holder;
  disk?: Disk | undefined;
}

export interface Restored {
  /** Of the backup. */
  id: string;
  /** Of the workspace that it is now. */
  workspace: string;
  counts: Record<string, number>;
  /** Of the transaction that says it. */
  op_id: string;
  /** Id of the backup that was made of what was there before; null where none could be made. */
  safety: string | null;
  /** Name of the folder among the backups to which what was there before was moved, unchanged, because it was damaged; null else. */
  displaced: string | null;
}

/**
 * Puts the records of a backup in the place of live's. Nobody may have the workspace open, the caller neither. All of it is made ready and
 * checked beside live, which is backed up and replaced at last in one step; whatever fails before leaves it as it was. Sandboxes and what
 * else is in the folder stay as they are. For admins. Throws BACKUP (with reason `another` for one of another workspace), WORKSPACE,
 * FORBIDDEN, UNKNOWN_ACTOR, BUSY naming who has it open, CANCELLED.
 */
export async function restoreInPlace(given: RestoreInPlace): Promise<Restored> {
  // Live's files, whatever the caller had open.
  const wanted = { ...given, files: workspaceFiles(given.files.folder) };
  const { files, id, ids, clock, log, holder, signal } = wanted;
  try {
    checkCancelled(signal);
    // Also where the folder is missing: what is asked for is not there then.
    await readUsable(files.backups, id);
    const board = joinBoard(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
    try {
      const lock = lockExclusive(files.lock, () => board.others()[0] ?? null);
      try {
        await settleHeld(files, log);
        await sweep(files.folder, log);
        return await held(wanted);
      } finally {
        lock.release();
      }
    } finally {
      board.leave();
    }
  } catch (error) {
    throw declared(error);
  }
}

async function held(wanted: RestoreInPlace): Promise<Restored> {
  const { files, log, actor, disk = realDisk } = wanted;
  const tidy = tidier(files.live);
  try {
    const live = readLive(files, actor, log);
    if (live) permitRestore(actorOf(live.by));
    const building = await workFolder(files.folder, 'restore');
    try {
      return await replace(wanted, live, building);
    } finally {
      await clear(files, building, disk, log);
    }
  } finally {
    // What reading a closed file leaves beside it.
    tidy();
  }
}

async function replace(wanted: RestoreInPlace, live: LiveNow | null, building: string): Promise<Restored> {
  const { files, id, signal, log, disk = realDisk } = wanted;
  const name = building.slice(files.folder.length + 1);
  const { image, head: newHead } = placesOf(files, { backup: id, building: name, displaced: null });
  const manifest = await retrieved(wanted, live, image);
  await bringForward(image, wanted);
  const by = live?.by ?? admin(image, wanted);
  const { safety, displaced } = await keepOld(wanted, live);
  const what = {
    backup: id,
    safety,
    displaced,
    head: live?.head.hash ?? null,
    op_id: live?.head.op_id ?? null,
  };
  const { head, op_id } = await noteRestored(image, { ...wanted, by, what });
  keepHead(newHead, head, true);
  if (displaced === null) closeLive(files, log);
  checkCancelled(signal);
  await swap(files, { format: 1, backup: id, building: name, displaced }, disk);
  const { counts, workspace } = manifest;
  log.info({ backup: id, safety, displaced, workspace, schema: schemaVersion }, 'restored in place');
  return { id, workspace, counts, op_id, safety, displaced };
}

/** Writes the backup's workspace to `image`, when it may take live's place and the disk has room for it and for a backup of live. */
async function retrieved(
  wanted: RestoreInPlace,
  live: LiveNow | null,
  image: string,
): Promise<BackupManifest> {
  const { files, id, another, signal, look } = wanted;
  return withBackups(files.backups, 'together', { signal }, async () => {
    const manifest = await readUsable(files.backups, id);
    if (live && live.workspace !== manifest.workspace && !another) throw ofAnother(id);
    const old = live ? (statSync(files.live, { throwIfNoEntry: false })?.size ?? 0) : 0;
    await checkRoom(id, files.folder, liveOf(manifest).bytes + old, look);
    await retrieveLive(manifest, image, wanted);
    return manifest;
  });
}

function ofAnother(id: string): Fault {
  const message = `Backup ${id} is of another workspace. Nothing was changed; say that it shall take this one's place (--another), or make a workspace of its own of it (--into).`;
  return badBackup('another', id, message);
}

function admin(image: string, { actor, log }: RestoreInPlace): Profile {
  const by = profileIn(image, actor, log);
  permitRestore(actorOf(by));
  return by;
}

/** Backs live up, or where it is lost says where what is left of it goes. */
async function keepOld(
  { files, clock, log, tell, signal }: RestoreInPlace,
  live: LiveNow | null,
): Promise<{ safety: string | null; displaced: string | null }> {
  if (live) {
    try {
      const { id } = await createBackup({ files, reason: 'restore', clock, log, tell, signal });
      return { safety: id, displaced: null };
    } catch (error) {
      if (!isLost(error)) throw error;
      log.warn({ error: String(error) }, 'no backup could be made of what is replaced');
    }
  }
  const stamp = `displaced-${isoTime(clock.now()).replaceAll(/[-:.]/g, '')}`;
  for (let number = 1; ; number += 1) {
    const displaced = number === 1 ? stamp : `${stamp}-${number}`;
    if (!existsSync(join(files.folder, 'backups', displaced))) return { safety: null, displaced };
  }
}

const isLost = (error: unknown): boolean =>
  isFault(error) &&
  error.code === 'WORKSPACE' &&
  ['damaged', 'foreign', 'empty', 'missing'].includes((error.data as { reason: string }).reason);
