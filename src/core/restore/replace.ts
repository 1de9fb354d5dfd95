import type { Sentence } from '#shared/texts/sentence.ts';
import { fillFromLog } from '../log/audit/fill-from-log.ts';
import { existsSync } from 'node:fs';
import type { Fault } from '#shared/contract/faults.ts';
import type { Missing } from '#shared/contract/salvage.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { missingChangesIn, missingParams } from '../log/audit/missing-tail.ts';
import { keepHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { clearCorruptionRecord } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { migrateTo, schemaVersion } from '../kernel/db/migrate.ts';
import { settleBeforeReplacing } from '../versions/golden-store.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf } from '../log/session.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import {
  withExclusiveAccess,
  withStagingFolder,
  withSidecarCleanup,
} from '../kernel/swap/exclusive-access.ts';
import { realDisk } from '../kernel/swap/disk.ts';
import { displacedName } from '../kernel/swap/displaced.ts';
import type { Disk } from '../kernel/swap/disk.ts';
import { noteReplaced } from './image.ts';
import { bringForward } from '../versions/check.ts';
import { closeLive, readAnyLive } from '../log/closed-live.ts';
import type { LiveNow } from '../log/closed-live.ts';
import { isLost, keepSafe } from './safety.ts';
import type { Safety } from './safety.ts';
import { placesOf, swapFiles } from '../kernel/swap/swap.ts';
import { findActor } from '../log/who-acts.ts';
import type { Acting } from '../log/who-acts.ts';

/** Who replaces the records of which workspace, and by what. */
export interface Replacing {
  files: WorkspaceFiles;
  /** The actor's id or name; by default the first profile of live, or if that is lost, of the replacement. Null is the first admin. */
  actor?: string | null | undefined;
  /** The records are unreadable, so an unknown actor is no error. */
  recovery?: boolean | undefined;
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Log;
  holder: Holder;
  onProgress: OnProgress;
  signal: AbortSignal;
  disk?: Disk | undefined;
  /** The schema for an older version of the program; the current one by default. */
  schema?: number | undefined;
}

export interface Replacement {
  /** Its description in the note that is kept while replacing. */
  called: string;
  /** Reason of the backup of live. */
  reason: string;
  act: string;
  of: JsonObject;
  /** Throws FORBIDDEN. */
  permit: (actor: Actor) => void;
  spoiled: (why: Sentence) => Fault;
  /**
   * Writes the replacement to `image`, a closed, checked file. `live` is null if lost. `missing` lists what the replacement knows to be
   * missing; by default that is determined from the image.
   */
  bring: (
    image: string,
    live: LiveNow | null,
  ) => Promise<{ counts: Record<string, number>; missing?: Missing | null }>;
}

export interface Replaced {
  counts: Record<string, number>;
  op_id: string;
  /** Id of the backup of the previous state; null if none could be made. */
  safety: string | null;
  /** Whether it is in the workspace's own folder because the current one was not writable. */
  safety_usual: boolean;
  /** Folder among the backups to which the damaged previous file was moved; else null. */
  displaced: string | null;
  /** Whether there was no file, so that only files next to it were moved. */
  gone: boolean;
  /** Recorded changes that are missing now, if the file lacked them; null if none are known. */
  missing: Missing | null;
}

/**
 * Replaces live by another state. Nobody may have the workspace open. The replacement is prepared and checked next to live, which is backed
 * up and then replaced in one step; an error before leaves it as it was. Throws FORBIDDEN, UNKNOWN_ACTOR, WORKSPACE, BUSY naming who has it
 * open, CANCELLED, and the errors of `bring`.
 */
export function replaceLive(replacing: Replacing, by: Replacement): Promise<Replaced> {
  return withExclusiveAccess(replacing, () => withSidecarCleanup(replacing.files, () => held(replacing, by)));
}

async function held(replacing: Replacing, replacement: Replacement): Promise<Replaced> {
  const { files, log, actor, recovery, disk = realDisk } = replacing;
  const live = readAnyLive({ files, actor, recovery, log });
  if (live) replacement.permit(actorOf(live.by));
  // The log that tells which golden versions were published is replaced.
  await settleBeforeReplacing(replacing, live !== null && !live.behind);
  return withStagingFolder({ files, log, disk }, (building) =>
    replace(replacing, replacement, live, building),
  );
}

async function replace(
  replacing: Replacing,
  replacement: Replacement,
  live: LiveNow | null,
  building: string,
): Promise<Replaced> {
  const { files, signal, log, disk = realDisk } = replacing;
  const { called, act, spoiled } = replacement;
  const name = building.slice(files.folder.length + 1);
  const { image, head: newHead } = placesOf(files, { backup: called, building: name, displaced: null });
  const { counts, missing: known } = await replacement.bring(image, live);
  await bringForward(image, { ...replacing, spoiled });
  const lacking = known === undefined ? missingOf(image, replacing) : known;
  const missing = live && !live.behind ? null : lacking;
  const { by, recovery } = live ?? admin(image, replacing, replacement);
  const { safety, safety_usual, displaced } = await keepOld(replacing, replacement, live);
  const what = {
    ...replacement.of,
    ...(missing && missingParams(missing)),
    ...(recovery && { recovery }),
    safety,
    ...(safety_usual && { safety_usual }),
    displaced,
    head: live?.head.hash ?? null,
    op_id: live?.head.op_id ?? null,
  };
  const { head, op_id } = await noteReplaced(image, { ...replacing, spoiled, by, act, what });
  if (replacing.schema !== undefined) await migrateImage(image, replacing.schema, log);
  keepHead(newHead, head, true);
  if (displaced === null) closeLive(files);
  const wasMissing = !existsSync(files.live);
  checkCancelled(signal);
  await swapFiles(files, { format: 1, backup: called, building: name, displaced }, disk);
  clearCorruptionRecord(files, log);
  log.info({ by: called, safety, safety_usual, displaced, schema: schemaVersion }, 'live replaced');
  return { counts, op_id, safety, safety_usual, displaced, gone: wasMissing, missing };
}

async function migrateImage(image: string, schema: number, log: Log): Promise<void> {
  const db = openConnection(image, { mode: 'write', log });
  try {
    await migrateTo(db, schema, { onTables: fillFromLog });
  } finally {
    db.close();
  }
}

function missingOf(image: string, { files, log }: Replacing): Missing | null {
  const db = openConnection(image, { mode: 'read', log });
  try {
    return missingChangesIn(files.head, db);
  } finally {
    db.close();
  }
}

function admin(image: string, replacing: Replacing, { permit }: Replacement): Acting {
  const db = openConnection(image, { mode: 'read', log: replacing.log });
  try {
    const who = findActor(db, replacing);
    permit(actorOf(who.by));
    return who;
  } finally {
    db.close();
  }
}

async function keepOld(
  replacing: Replacing,
  { reason }: Replacement,
  live: LiveNow | null,
): Promise<(Safety | { safety: null; safety_usual: false }) & Pick<Replaced, 'displaced'>> {
  const { files, clock, log } = replacing;
  if (live) {
    try {
      return { ...(await keepSafe(replacing, reason, live)), displaced: null };
    } catch (error) {
      if (!isLost(error)) throw error;
      log.warn({ error: String(error) }, 'no backup could be made of what is replaced');
    }
  }
  return { safety: null, safety_usual: false, displaced: displacedName(files.folder, clock) };
}
