import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync } from 'node:fs';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { missingTailIn } from '../log/audit/missing-tail.ts';
import type { MissingTail } from '../log/audit/missing-tail.ts';
import { writeHeadFile } from '../log/audit/head.ts';
import { hasForeignWal, foreignWalFault } from '../log/audit/foreign-wal.ts';
import { asDeclaredFault } from '../versions/declared-fault.ts';
import { isOfAnotherWorkspace } from '../versions/backup-folders.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { clearCorruptionRecord } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { assertCanRestore } from '../model/permissions.ts';
import { settleBeforeReplacing } from '../versions/golden-store.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf } from '../log/session.ts';
import { withExclusiveAccess, withSidecarCleanup } from '../kernel/swap/exclusive-access.ts';
import { recordOrigin, profileIn } from './record-origin.ts';
import { migrateCopy } from '../versions/check.ts';
import { closeLive, readAnyLive } from '../log/closed-live.ts';
import type { ReplaceOptions } from './replace.ts';
import { makeSafetyBackup } from './safety.ts';
import type { Safety } from './safety.ts';

export interface AcceptResult extends MissingTail, Safety {
  another: boolean;
  op_id: string;
}

/**
 * Accepts a file whose history lacks recorded changes as the workspace's own. Backs the file up; the audit records the acceptance and until
 * when changes are missing, and the file's head becomes the recorded one. No process may have the workspace open. Admins only. Null,
 * without any change, if nothing is missing. Throws WORKSPACE, FORBIDDEN, UNKNOWN_ACTOR, BUSY naming the holder, CANCELLED.
 */
export async function acceptFile(input: ReplaceOptions): Promise<AcceptResult | null> {
  const options = { ...input, files: workspaceFiles(input.files.folder) };
  try {
    return await withExclusiveAccess(options, () =>
      withSidecarCleanup(options.files, () => acceptLocked(options)),
    );
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

async function acceptLocked(options: ReplaceOptions): Promise<AcceptResult | null> {
  const { files, actor, recovery, log, signal } = options;
  const live = readAnyLive({ files, actor, recovery, log });
  if (!live) throw unusableFault(files, log);
  assertCanRestore(actorOf(live.profile));
  const missingTail = readMissingTail(options);
  if (!missingTail) return null;
  const isAnother = await isOfAnotherWorkspace(files, live.workspace);
  // This file's log lacks changes, so it cannot tell which golden versions were published.
  await settleBeforeReplacing(options, { isLogTrusted: false });
  const safetyBackup = await makeSafetyBackup(options, 'restore', live);
  const { safety, safety_usual } = safetyBackup;
  checkCancelled(signal);
  closeLive(files);
  await migrateCopy(files.live, { ...options, spoiledFault: damagedFault });
  const { head, op_id } = await recordOrigin(files.live, {
    ...options,
    spoiledFault: damagedFault,
    profile: profileIn(files.live, live.profile.id, log),
    act: 'workspace.accepted',
    details: {
      reason: missingTail.reason,
      missing_until: missingTail.until,
      ...(missingTail.altered && { missing_maybe: true }),
      safety,
      ...(safety_usual && { safety_usual }),
      ...(isAnother && { another: isAnother }),
      ...(live.recovery && { recovery: true }),
    },
  });
  // If interrupted before this line, the file is still refused, and can be accepted again.
  writeHeadFile(files.head, head, { fsync: true });
  // Making the backup has checked the file.
  clearCorruptionRecord(files, log);
  log.warn({ ...missingTail, ...safetyBackup }, 'the file was taken as it is');
  return { ...missingTail, another: isAnother, ...safetyBackup, op_id };
}

/** The error if `readAnyLive` returns null: the WAL of another file next to live, a damaged file, or none. */
export function unusableFault(files: WorkspaceFiles, log: Log): Fault {
  if (hasForeignWal(files, log)) return foreignWalFault(files);
  if (existsSync(files.live)) return damagedFault();
  return workspaceFault('lost', { why: clause('restoreInstead') });
}

function readMissingTail({ files, log }: ReplaceOptions): MissingTail | null {
  using db = openConnection(files.live, { mode: 'read', log });
  return missingTailIn(files.head, db);
}

const damagedFault = (why: Sentence = clause('recorded')): Fault => workspaceFault('damaged', { why });
