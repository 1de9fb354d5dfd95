import { lstatSync } from 'node:fs';
import { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { keepHead } from '../log/audit/head.ts';
import { refuseForeignWal } from '../log/audit/foreign-wal.ts';
import { createBackup } from '../versions/create.ts';
import { declared } from '../versions/declared.ts';
import { forgetDamage } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { inspect } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { unchanged } from '../kernel/db/file-errors.ts';
import { permitVacuum } from '../model/permissions.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { withExclusiveAccess, withStagingFolder, tidied } from '../kernel/swap/exclusive-access.ts';
import { realDisk } from '../kernel/swap/disk.ts';
import type { Disk } from '../kernel/swap/disk.ts';
import { closeLive, readLive } from '../log/closed-live.ts';
import type { LiveNow } from '../log/closed-live.ts';
import { placesOf, swap } from '../kernel/swap/swap.ts';
import { actorOf } from '../log/session.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { megabytes } from '../kernel/files/refusal.ts';
import { compact, noteVacuumed } from './compact.ts';

export interface Vacuuming {
  files: WorkspaceFiles;
  /** Who acts, by id or name; else the first profile. */
  actor?: string | undefined;
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Log;
  /** What others who wait for the file are told. */
  holder: Holder;
  tell: OnProgress;
  signal: AbortSignal;
  disk?: Disk | undefined;
  /** Says how many bytes a disk takes. */
  look?: ((folder: string) => Promise<number>) | undefined;
}

export interface Vacuumed {
  /** Of the transaction that says it. */
  op_id: string;
  /** Id of the backup that was made first. */
  safety: string;
  /** Bytes of the file. */
  before: number;
  after: number;
}

/**
 * Packs the live file as closely as it can be. Nobody may have the workspace open, the caller neither. A backup is made first; the packed
 * file is made beside live, checked as a whole, and takes its place in one step; whatever fails or is cancelled before leaves all as it was. For
 * admins; the audit says it. Throws WORKSPACE (missing, damaged, older, full and what else keeps the file from being read or written),
 * FORBIDDEN, UNKNOWN_ACTOR, BUSY naming who has it open, CANCELLED.
 */
export async function vacuumLive(given: Vacuuming): Promise<Vacuumed> {
  // Live's files, whatever the caller had open.
  const wanted = { ...given, files: workspaceFiles(given.files.folder) };
  const { files, signal } = wanted;
  try {
    checkCancelled(signal);
    // A folder without a workspace stays as it is.
    if (!lstatSync(files.live, { throwIfNoEntry: false })) throw missing();
    return await withExclusiveAccess(wanted, () => tidied(files, () => held(wanted)));
  } catch (error) {
    throw declared(error);
  }
}

function refuseUnusable({ live }: WorkspaceFiles): void {
  const found = inspect(live);
  if (found.kind === 'missing') throw missing();
  if (found.kind === 'bad') throw refusal(found.reason, unchanged(found.message));
  if (found.version < schemaVersion)
    throw refusal(
      'older',
      'The workspace has an older schema. Bring it forward first ("frames migrate up"). Nothing was changed.',
    );
}

const missing = (): Fault =>
  refusal('missing', 'There is no FRAMES workspace in this folder. Nothing was changed.');
const refusal = (reason: WorkspaceReason, message: string): Fault =>
  new Fault('WORKSPACE', message, { reason });

async function held(wanted: Vacuuming): Promise<Vacuumed> {
  const { files, log, actor, disk = realDisk } = wanted;
  refuseUnusable(files);
  const live = readLive({ files, actor, log });
  if (!live) refuseForeignWal(files, log);
  if (!live)
    throw refusal('damaged', 'frames.sqlite is damaged: restore a backup instead. Nothing was changed.');
  permitVacuum(actorOf(live.by));
  await checkRoom(wanted);
  return withStagingFolder({ files, log, disk }, (building) => replace(wanted, live, building));
}

const sizeOf = (file: string): number => lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** For a moment there are three: live, its backup under way, and what takes its place. */
async function checkRoom({ files, look = freeBytes }: Vacuuming): Promise<void> {
  const [needed, free] = [2 * (sizeOf(files.live) + sizeOf(`${files.live}-wal`)), await look(files.folder)];
  if (free >= needed) return;
  const message = `Compacting takes ${megabytes(needed)} on the disk for a while, and ${megabytes(free)} are free. Nothing was changed.`;
  throw refusal('full', message);
}

async function replace(wanted: Vacuuming, live: LiveNow, building: string): Promise<Vacuumed> {
  const { files, clock, log, tell, signal, disk = realDisk } = wanted;
  const { id: safety } = await createBackup({ files, reason: 'vacuum', clock, log, tell, signal });
  // Now live has no log beside it any more, and is as large as it is.
  closeLive(files);
  const intent = { backup: safety, building: building.slice(files.folder.length + 1), displaced: null };
  const { image, head: newHead } = placesOf(files, intent);
  const before = sizeOf(files.live);
  await compact(image, wanted);
  const what = { safety, before, after: sizeOf(image) };
  const { head, op_id } = await noteVacuumed(image, { ...wanted, by: live.by, what });
  keepHead(newHead, head, true);
  closeLive(files);
  checkCancelled(signal);
  await swap(files, { format: 1, ...intent }, disk);
  forgetDamage(files, log);
  log.info(what, 'compacted');
  return { op_id, ...what };
}
