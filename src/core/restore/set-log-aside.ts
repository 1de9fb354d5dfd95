import { Fault, isFault, reasonOf, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Profile } from '#shared/contract/workspace.ts';
import { behindIn } from '../log/audit/missing-tail.ts';
import { keepHead } from '../log/audit/head.ts';
import { hasForeignWal, readWithoutWal } from '../log/audit/foreign-wal.ts';
import { declared } from '../versions/declared.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { isCorruptionRecorded, refuseRecordedCorruption } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { inspect } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { permitRestore } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf } from '../log/session.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { withExclusiveAccess, withSidecarCleanup } from '../kernel/swap/exclusive-access.ts';
import { displacedName } from '../kernel/swap/displaced.ts';
import { noteReplaced } from './image.ts';
import { closeLive } from '../log/closed-live.ts';
import { findActor } from '../log/who-acts.ts';
import type { Replacing } from './replace.ts';

export interface LogSetAside {
  displaced: string;
  /** Of the transaction that records it; null if the file lacks changes, is older, or may be damaged, and so is not written to. */
  op_id: string | null;
}

/**
 * Moves a write-ahead log that belongs to another file from next to live to a folder of its own. Recorded in the audit if the file lacks
 * nothing. Nobody may have the workspace open. Admins only. Null, without any change, if there is no such log. Throws WORKSPACE, FORBIDDEN,
 * UNKNOWN_ACTOR, BUSY naming who has it open or that another program has, CANCELLED.
 */
export async function setLogAside(given: Replacing): Promise<LogSetAside | null> {
  const setting = { ...given, files: workspaceFiles(given.files.folder) };
  try {
    return await withExclusiveAccess(setting, () => held(setting));
  } catch (error) {
    throw declared(error);
  }
}

async function held(setting: Replacing): Promise<LogSetAside | null> {
  const { files, log, clock, signal } = setting;
  if (!hasForeignWal(files, log)) return null;
  const who = readWithoutWal(files, log, (db) => findActor(db, setting));
  if (!who) throw spoiled();
  permitRestore(actorOf(who.by));
  checkCancelled(signal);
  const displaced = displacedName(files.folder, clock);
  const aside = join(files.folder, 'backups', displaced);
  mkdirSync(aside, { recursive: true });
  moveLog(files, aside);
  for (const folder of [aside, join(files.folder, 'backups'), files.folder]) await syncFolder(folder);
  log.warn({ displaced }, 'the log of another file was set aside');
  return withSidecarCleanup(files, async () => ({
    displaced,
    op_id: await recordInAudit(setting, who, displaced),
  }));
}

/** Moves the log to `aside`, and back if another program has the file open, whose writes would be lost. Throws BUSY. */
function moveLog(files: WorkspaceFiles, aside: string): void {
  const all = ['-wal', '-shm'].map((end) => `${files.live}${end}`);
  const there = all.filter((file) => existsSync(file));
  const moved: string[] = [];
  const place = (file: string): string => join(aside, basename(file));
  try {
    for (const file of there) {
      renameSync(file, place(file));
      moved.push(file);
    }
    closeLive(files);
  } catch (error) {
    // Checking for that creates a log.
    for (const file of all) if (moved.includes(file) || !there.includes(file)) rmSync(file, { force: true });
    for (const file of moved) renameSync(place(file), file);
    rmdirSync(aside);
    // Windows cannot move an open file.
    if (['EBUSY', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code)))
      throw new Fault('BUSY', { holder: null, waited_ms: 0 });
    throw error;
  }
}

async function recordInAudit(
  setting: Replacing,
  { by, ...how }: { by: Profile },
  displaced: string,
): Promise<string | null> {
  const { files } = setting;
  const found = inspect(files.live);
  if (found.kind !== 'ours' || found.version !== schemaVersion || lacks(setting) || hasDamage(setting))
    return null;
  const note = { act: 'workspace.log_aside', what: { displaced, ...how } };
  const { head, op_id } = await noteReplaced(files.live, { ...setting, spoiled, by, ...note });
  keepHead(files.head, head, true);
  return op_id;
}

function lacks({ files, log }: Replacing): boolean {
  const db = openConnection(files.live, { mode: 'read', log });
  try {
    return behindIn(files.head, db) !== null;
  } finally {
    db.close();
  }
}

/** Whether damage was recorded that persists without that log; then only opening reports it. */
function hasDamage({ files, log }: Replacing): boolean {
  try {
    refuseRecordedCorruption(files, log);
    return isCorruptionRecorded(files);
  } catch (error) {
    if (isFault(error) && reasonOf(error) === 'damaged') return true;
    throw error;
  }
}

const spoiled = (why: Sentence = clause('recorded')): Fault => workspaceFault('damaged', { why });
