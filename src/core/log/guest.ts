import type { Profile } from '#shared/contract/workspace.ts';
import { isFault } from '#shared/contract/faults.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import type { Log } from '../kernel/logger.ts';
import { findProfile, profileById, profilesOf } from './session.ts';

/** The acting profile: one of the open file, or a guest. A guest is a profile that was added to live after the open sandbox was created. */
export interface ActingProfile {
  profile: Profile;
  guest?: Profile;
}

/**
 * Finds the profile by id or name like `findProfile`; without one, the profile that acts in live, also in a sandbox. A profile added to live later is
 * a guest in the sandbox, with its own name and its role in live. A profile deleted in the sandbox cannot act. Throws UNKNOWN_ACTOR.
 */
export function findActingProfile(
  db: ReadHandle,
  files: WorkspaceFiles,
  idOrName: string | null | undefined,
  log: Log,
): ActingProfile {
  const liveProfileId =
    idOrName == null && files.target.kind === 'sandbox'
      ? readFromLive(files.folder, log, (live) => findProfile(live, idOrName).id)
      : null;
  if (liveProfileId === null) return findProfileOrGuest(db, files, idOrName, log);
  try {
    return findProfileOrGuest(db, files, liveProfileId, log);
  } catch (error) {
    if (isFault(error) && error.code === 'UNKNOWN_ACTOR') return findProfileOrGuest(db, files, idOrName, log);
    throw error;
  }
}

function findProfileOrGuest(
  db: ReadHandle,
  files: WorkspaceFiles,
  idOrName: string | null | undefined,
  log: Log,
): ActingProfile {
  try {
    return { profile: findProfile(db, idOrName) };
  } catch (error) {
    const isUnknown = isFault(error) && error.code === 'UNKNOWN_ACTOR';
    if (!isUnknown || files.target.kind !== 'sandbox' || idOrName == null || isKnown(db, idOrName))
      throw error;
    const guest = readFromLive(files.folder, log, (live) => findProfile(live, idOrName));
    if (!guest) throw error;
    if (isKnown(db, guest.id)) {
      // Live has renamed the profile. The sandbox keeps the former name; throws if the profile was deleted in the sandbox.
      return { profile: profileById(db, guest.id) };
    }
    return { guest, profile: guest };
  }
}

/** Returns live's profiles and whether each is a guest in the open sandbox; empty if no sandbox is open or live cannot be read. */
export function profilesOfLive({
  read,
  files,
  log,
}: {
  read: ReadHandle;
  files: WorkspaceFiles;
  log: Log;
}): (Profile & { guest: boolean })[] {
  if (files.target.kind !== 'sandbox') return [];
  const liveProfiles = readFromLive(files.folder, log, profilesOf) ?? [];
  return liveProfiles.map((profile) => ({ ...profile, guest: !isKnown(read, profile.id) }));
}

/** Whether the sandbox has or had a profile of that id or name: a profile deleted there is not a guest. */
function isKnown(db: ReadHandle, idOrName: string): boolean {
  const knownQuery = `SELECT 1 FROM profiles WHERE id = :idOrName OR payload ->> '$.name' = :idOrName LIMIT 1`;
  return db.get(knownQuery, { idOrName }) !== undefined;
}

/** Reads live; null if live cannot be read now or `work` throws. */
export function readFromLive<T>(folder: string, log: Log, work: (live: ReadHandle) => T): T | null {
  const live = workspaceFiles(folder);
  try {
    const lock = lockShared(live.lock);
    const removeSidecars = sidecarRemover(live.data);
    try {
      using db = openConnection(live.data, { mode: 'read', log });
      return work(db);
    } finally {
      removeSidecars();
      lock.release();
    }
  } catch (error) {
    log.info({ error: String(error) }, 'live could not be read');
    return null;
  }
}
