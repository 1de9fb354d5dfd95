import type { Sentence } from '#shared/texts/sentence.ts';
import { fillFromLog } from '../log/audit/fill-from-log.ts';
import { existsSync } from 'node:fs';
import type { Fault } from '#shared/contract/faults.ts';
import type { MissingChanges } from '#shared/contract/salvage.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { missingChangesIn, missingParams } from '../log/audit/missing-tail.ts';
import { writeHeadFile } from '../log/audit/head.ts';
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
import type { OnProgress } from '../kernel/progress.ts';
import {
  withExclusiveAccess,
  withStagingFolder,
  withSidecarCleanup,
} from '../kernel/swap/exclusive-access.ts';
import { realDisk } from '../kernel/swap/disk.ts';
import type { Disk } from '../kernel/swap/disk.ts';
import { recordOrigin } from './record-origin.ts';
import { migrateCopy } from '../versions/check.ts';
import { closeLive, readAnyLive } from '../log/closed-live.ts';
import type { ClosedLive } from '../log/closed-live.ts';
import { isAboutLive, makeSafetyBackup } from './safety.ts';
import type { Safety } from './safety.ts';
import { swapPathsOf, swapFiles } from '../kernel/swap/swap.ts';
import { findActor } from '../log/find-actor.ts';
import type { FoundActor } from '../log/find-actor.ts';
import { join } from 'node:path';
import { isoTime } from '../kernel/system.ts';

export interface ReplaceOptions {
  files: WorkspaceFiles;
  /** The actor's id or name; by default the first profile of live, or if that is lost, of the replacement. Null is the first admin. */
  actor?: string | null | undefined;
  /** Accepts an unknown actor, because the records of live are unreadable: the first admin acts. */
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
  /** Runs when the replacement is ready, before live changes; if it throws, live stays as it is. */
  beforeSwap?: (() => Promise<void>) | undefined;
}

export interface LiveReplacement {
  /** Name of the backup or other source, for the restore intent. */
  sourceName: string;
  reason: string;
  act: string;
  sourceParams: JsonObject;
  /** Throws FORBIDDEN. */
  permit: (actor: Actor) => void;
  spoiledFault: (why: Sentence) => Fault;
  /**
   * Writes the replacement to `file`, a closed, checked file. `live` is null if lost. `missing` lists the recorded changes that the
   * replacement lacks; without it, they are determined from the file.
   */
  writeReplacement: (
    file: string,
    live: ClosedLive | null,
  ) => Promise<{ counts: Record<string, number>; missing?: MissingChanges | null }>;
}

export interface ReplaceResult {
  counts: Record<string, number>;
  op_id: string;
  /** Id of the backup of the previous state; null if none could be made. */
  safety: string | null;
  /** Whether that backup is in the workspace's own folder because the current one was not writable. */
  safety_usual: boolean;
  /** Folder among the backups to which the damaged previous file was moved; else null. */
  displaced: string | null;
  /** Whether there was no file, so that only files next to it were moved. */
  gone: boolean;
  /** Recorded changes that the file lacks now; null if none are known. */
  missing: MissingChanges | null;
}

/**
 * Replaces live by another state. No process may have the workspace open. The replacement is prepared and checked next to live, which is
 * backed up and then replaced in one step; an error before that step leaves live unchanged. Throws FORBIDDEN, UNKNOWN_ACTOR, WORKSPACE,
 * BUSY naming the holder, CANCELLED, and the errors of `writeReplacement`.
 */
export function replaceLive(options: ReplaceOptions, replacement: LiveReplacement): Promise<ReplaceResult> {
  return withExclusiveAccess(options, () =>
    withSidecarCleanup(options.files, () => replaceLocked(options, replacement)),
  );
}

async function replaceLocked(options: ReplaceOptions, replacement: LiveReplacement): Promise<ReplaceResult> {
  const { files, log, actor, recovery, disk = realDisk } = options;
  const live = readAnyLive({ files, actor, recovery, log });
  if (live) replacement.permit(actorOf(live.profile));
  // Live's log, which tells the published golden versions, is about to be replaced.
  await settleBeforeReplacing(options, { isLogTrusted: live !== null && !live.missingTail });
  return withStagingFolder({ files, log, disk }, (staging) => replace(options, replacement, live, staging));
}

async function replace(
  options: ReplaceOptions,
  replacement: LiveReplacement,
  live: ClosedLive | null,
  staging: string,
): Promise<ReplaceResult> {
  const { files, signal, log, disk = realDisk } = options;
  const { sourceName, act, spoiledFault } = replacement;
  const stagingName = staging.slice(files.folder.length + 1);
  const { newFile, newHead } = swapPathsOf(files, {
    backup: sourceName,
    building: stagingName,
    displaced: null,
  });
  const { counts, missing: knownMissing } = await replacement.writeReplacement(newFile, live);
  await migrateCopy(newFile, { ...options, spoiledFault });
  const foundMissing = knownMissing === undefined ? findMissing(newFile, options) : knownMissing;
  const missing = live && !live.missingTail ? null : foundMissing;
  const { profile, recovery } = live ?? findPermittedActor(newFile, options, replacement);
  const { safety, safety_usual, displaced } = await backUpOrDisplace(options, replacement, live);
  const details = {
    ...replacement.sourceParams,
    ...(missing && missingParams(missing)),
    ...(recovery && { recovery }),
    safety,
    ...(safety_usual && { safety_usual }),
    displaced,
    head: live?.head.hash ?? null,
    op_id: live?.head.op_id ?? null,
  };
  const { head, op_id } = await recordOrigin(newFile, { ...options, spoiledFault, profile, act, details });
  if (options.schema !== undefined) await migrateFile(newFile, options.schema, log);
  writeHeadFile(newHead, head, { fsync: true });
  await options.beforeSwap?.();
  if (displaced === null) closeLive(files);
  const wasMissing = !existsSync(files.live);
  checkCancelled(signal);
  await swapFiles(files, { format: 1, backup: sourceName, building: stagingName, displaced }, disk);
  clearCorruptionRecord(files, log);
  log.info({ by: sourceName, safety, safety_usual, displaced, schema: schemaVersion }, 'live replaced');
  return { counts, op_id, safety, safety_usual, displaced, gone: wasMissing, missing };
}

async function migrateFile(file: string, schema: number, log: Log): Promise<void> {
  using db = openConnection(file, { mode: 'write', log });
  await migrateTo(db, schema, { onTablesCreated: fillFromLog });
}

function findMissing(file: string, { files, log }: ReplaceOptions): MissingChanges | null {
  using db = openConnection(file, { mode: 'read', log });
  return missingChangesIn(files.head, db);
}

function findPermittedActor(file: string, options: ReplaceOptions, { permit }: LiveReplacement): FoundActor {
  using db = openConnection(file, { mode: 'read', log: options.log });
  const acting = findActor(db, options);
  permit(actorOf(acting.profile));
  return acting;
}

async function backUpOrDisplace(
  options: ReplaceOptions,
  { reason }: LiveReplacement,
  live: ClosedLive | null,
): Promise<(Safety | { safety: null; safety_usual: false }) & Pick<ReplaceResult, 'displaced'>> {
  const { files, clock, log } = options;
  if (live) {
    try {
      return { ...(await makeSafetyBackup(options, reason, live)), displaced: null };
    } catch (error) {
      if (!isAboutLive(error)) throw error;
      log.warn({ error: String(error) }, 'no backup could be made of what is replaced');
    }
  }
  return { safety: null, safety_usual: false, displaced: displacedName(files.folder, clock) };
}

/** Returns an unused folder name in the workspace's own backups, for files that are moved aside unchanged. */
function displacedName(folder: string, clock: Clock): string {
  const baseName = `displaced-${isoTime(clock.now()).replaceAll(/[-:.]/g, '')}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? baseName : `${baseName}-${number}`;
    if (!existsSync(join(folder, 'backups', name))) return name;
  }
}
