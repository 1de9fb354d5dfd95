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

/** Who is to act: a profile of the open file; or a guest, a profile of live that is newer than the open sandbox. */
export interface Acting {
  profile: Profile;
  guest?: Profile;
}

/**
 * The profile by its id or name, as `findProfile`; without one that which acts in live, also in a sandbox. Who was made in live after a sandbox was taken acts in it in their own name and with
 * their role of live, and nobody else's; who was deleted in the sandbox does not. Throws UNKNOWN_ACTOR.
 */
export function findActing(
  db: ReadHandle,
  files: WorkspaceFiles,
  wanted: string | null | undefined,
  log: Log,
): Acting {
  const first = wanted == null && files.target.kind === 'sandbox' ? firstOfLive(files, wanted, log) : null;
  if (first === null) return findNamed(db, files, wanted, log);
  try {
    return findNamed(db, files, first, log);
  } catch (error) {
    if (isFault(error) && error.code === 'UNKNOWN_ACTOR') return findNamed(db, files, wanted, log);
    throw error;
  }
}

const firstOfLive = (files: WorkspaceFiles, wanted: null | undefined, log: Log): string | null =>
  askLive(files.folder, log, (live) => findProfile(live, wanted).id);

function findNamed(
  db: ReadHandle,
  files: WorkspaceFiles,
  wanted: string | null | undefined,
  log: Log,
): Acting {
  try {
    return { profile: findProfile(db, wanted) };
  } catch (error) {
    const isUnknown = isFault(error) && error.code === 'UNKNOWN_ACTOR';
    if (!isUnknown || files.target.kind !== 'sandbox' || wanted == null || isKnown(db, wanted)) throw error;
    const guest = askLive(files.folder, log, (live) => findProfile(live, wanted));
    if (!guest) throw error;
    if (isKnown(db, guest.id)) {
      // Called something else in live since: here they are who they are here, and who was deleted is nobody.
      return { profile: profileById(db, guest.id) };
    }
    return { guest, profile: guest };
  }
}

/** Who may act in live, and whether as a guest of the sandbox that is open; nobody where that is live, or live cannot be read. */
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
  const all = askLive(files.folder, log, profilesOf) ?? [];
  return all.map((profile) => ({ ...profile, guest: !isKnown(read, profile.id) }));
}

/** Whether the sandbox has, or had, a profile of that id or name: whoever was deleted in it is no guest. */
function isKnown(db: ReadHandle, wanted: string): boolean {
  const known = `SELECT 1 FROM profiles WHERE id = :wanted OR payload ->> '$.name' = :wanted LIMIT 1`;
  return db.get(known, { wanted }) !== undefined;
}

/** What live's file answers, which is only read; null where it cannot be read just now, or `ask` throws. */
export function askLive<T>(folder: string, log: Log, ask: (live: ReadHandle) => T): T | null {
  const live = workspaceFiles(folder);
  try {
    const lock = lockShared(live.lock);
    const leave = sidecarRemover(live.data);
    try {
      const db = openConnection(live.data, { mode: 'read', log });
      try {
        return ask(db);
      } finally {
        db.close();
      }
    } finally {
      leave();
      lock.release();
    }
  } catch (error) {
    log.info({ error: String(error) }, 'live was not asked, or does not know it');
    return null;
  }
}
